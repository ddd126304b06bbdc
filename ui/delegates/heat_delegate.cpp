// See heat_delegate.h.
#include "ui/delegates/heat_delegate.h"

#include "ui/delegates/cell_paint.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

void HeatDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& theme = Theme::current();
    const auto cell = option.rect.adjusted(0, 0, -1, -1);
    painter->fillRect(option.rect, theme.surface);
    QColor ink = toneColor(Tone(index.data(kToneRole).toInt()));
    const QVariant heat = index.data(kHeatRole);
    if (heat.isValid()) {
        const QColor field = Theme::heat(heat.toDouble(), index.data(kHeatMostRole).toDouble());
        painter->fillRect(cell, field.alpha() ? field : theme.header);
        if (field.alpha()) ink = Theme::textOn(field);
    }
    painter->setFont(option.font);
    paintText(*painter, cell.adjusted(-kCellPadding + 2, 0, 2, 0), index.data().toString(), Qt::AlignRight, ink);
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(theme.text, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter->drawRect(cell.adjusted(1, 1, 0, 0));
    }
}

QSize HeatDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {option.fontMetrics.horizontalAdvance(index.data().toString()) + kCellPadding + 5,
            rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
