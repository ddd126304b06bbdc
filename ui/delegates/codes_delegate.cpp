// See codes_delegate.h.
#include "ui/delegates/codes_delegate.h"

#include "ui/delegates/cell_paint.h"

#include <QPainter>

namespace weir::ui {

const QuickText& CodesDelegate::textFor(const QFont& font) const {
    if (!text_ || font != font_) {
        font_ = font;
        text_ = std::make_unique<QuickText>(font);
    }
    return *text_;
}

void CodesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintCell(*painter, option);
    paintCodes(*painter, option.rect, look_.marksOf(index.data(kWordRole).toULongLong()), textFor(option.font));
}

QSize CodesDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {codesWidth(look_.marksOf(index.data(kWordRole).toULongLong()), textFor(option.font)),
            rowHeight(option.fontMetrics)};
}

void CodeNameDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    NumberDelegate::paint(painter, option, index);
    const QColor color = index.data(kColorRole).value<QColor>();
    if (color.isValid()) paintCodeEdge(*painter, option.rect, color);
}

}  // namespace weir::ui
