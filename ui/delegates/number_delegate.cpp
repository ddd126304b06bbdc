// See number_delegate.h.
#include "ui/delegates/number_delegate.h"

#include "ui/delegates/cell_paint.h"

#include <QPainter>

namespace weir::ui {

void NumberDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintCell(*painter, option);
    const QVariant font = index.data(Qt::FontRole);
    painter->setFont(font.isValid() ? font.value<QFont>() : option.font);
    const QVariant align = index.data(Qt::TextAlignmentRole);
    const Qt::Alignment how =
        align.isValid() ? Qt::Alignment(align.toInt()) & Qt::AlignHorizontal_Mask : Qt::AlignRight;
    paintText(*painter, option.rect, index.data().toString(), how, toneColor(Tone(index.data(kToneRole).toInt())));
}

QSize NumberDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * kCellPadding + 2,
            rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
