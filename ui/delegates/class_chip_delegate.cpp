// See class_chip_delegate.h.
#include "ui/delegates/class_chip_delegate.h"

#include "ui/delegates/cell_paint.h"

#include <QPainter>

namespace weir::ui {

void ClassChipDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintCell(*painter, option);
    painter->setFont(option.font);
    const QStringList names = index.data(kClassesRole).toStringList();
    if (names.isEmpty())
        paintText(*painter, option.rect, index.data().toString(), Qt::AlignLeft,
                  toneColor(Tone(index.data(kToneRole).toInt())));
    else
        paintChip(*painter, option.rect, names);
}

QSize ClassChipDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {chipWidth(option.fontMetrics, index.data(kClassesRole).toStringList()) + 2 * kCellPadding + 2,
            rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
