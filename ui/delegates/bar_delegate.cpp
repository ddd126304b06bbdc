// See bar_delegate.h.
#include "ui/delegates/bar_delegate.h"

#include "ui/delegates/cell_paint.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintCell(*painter, option);
    const QColor color = index.data(kColorRole).value<QColor>();
    paintBar(*painter, option.rect, index.data(kShareRole).toDouble(),
             color.isValid() ? color : Theme::current().accent);
}

QSize BarDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {64, rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
