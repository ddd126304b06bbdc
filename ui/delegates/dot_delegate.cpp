// See dot_delegate.h.
#include "ui/delegates/dot_delegate.h"

#include "ui/delegates/cell_paint.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

void paintDot(QPainter& painter, const QRect& rect, bool holds) {
    const auto& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0 - 0.5);
    if (holds) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.text);
        painter.drawEllipse(centre, 3.4, 3.4);
    } else {
        QColor ring = theme.dim;
        ring.setAlphaF(0.7F);
        painter.setPen(QPen(ring, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, 2.4, 2.4);
    }
    painter.restore();
}

void DotDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintCell(*painter, option);
    const auto& theme = Theme::current();
    const bool selected = option.state & QStyle::State_Selected;
    if (!selected && (tinted_ >> index.column() & 1)) {
        QColor tint = theme.selection;
        tint.setAlphaF(0.55F);
        painter->fillRect(option.rect.adjusted(0, 0, 0, -1), tint);
    }
    if (index.column() == ruleBefore_)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 1, option.rect.height()), theme.rule);
    paintDot(*painter, option.rect, index.data(kRawRole).toInt() != 0);
}

QSize DotDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {18, rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
