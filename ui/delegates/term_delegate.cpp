// See term_delegate.h.
#include "ui/delegates/term_delegate.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/dot_delegate.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

void TermDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintCell(*painter, option);
    const auto& theme = Theme::current();
    const QRect& box = option.rect;
    if (index.column() == ruleBefore_) painter->fillRect(QRect(box.left(), box.top(), 1, box.height()), theme.rule);
    const int term = index.data(kRawRole).toInt();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF centre(box.left() + box.width() / 2.0, box.top() + box.height() / 2.0 - 0.5);
    if (term > 0) {
        paintDot(*painter, box, true);
    } else if (term < 0) {
        painter->setPen(QPen(theme.negated, 1.3));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(centre, 3.4, 3.4);
        painter->drawLine(centre + QPointF(-3.2, 3.2), centre + QPointF(3.2, -3.2));
    } else {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.grid);
        painter->drawEllipse(centre, 1.3, 1.3);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(theme.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(box.adjusted(1, 1, -2, -2));
    }
    painter->restore();
}

QSize TermDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {18, rowHeight(option.fontMetrics)};
}

}  // namespace weir::ui
