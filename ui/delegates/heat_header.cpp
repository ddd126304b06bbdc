// See heat_header.h.
#include "ui/delegates/heat_header.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace weir::ui {

HeatHeader::HeatHeader(Qt::Orientation orientation, QWidget* parent) : QHeaderView(orientation, parent) {
    setSectionsClickable(false);
    setMinimumSectionSize(16);
}

QSize HeatHeader::sizeHint() const {
    if (orientation() == Qt::Horizontal) return {QHeaderView::sizeHint().width(), fontMetrics().height() + 5};
    int width = 60;
    for (int i = 0; model() && i < count(); ++i)
        width = std::max(width, fontMetrics().horizontalAdvance(model()->headerData(i, orientation()).toString()) + 26);
    return {width, QHeaderView::sizeHint().height()};
}

void HeatHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    if (!model()) return;
    const auto& theme = Theme::current();
    painter->save();
    painter->fillRect(rect, theme.surface);
    painter->setFont(font());
    const QString text = model()->headerData(section, orientation()).toString();
    const QStringList names = model()->headerData(section, orientation(), kClassesRole).toStringList();
    const QFontMetrics metrics(font());
    int x = rect.left() + 6;
    const int wanted = metrics.horizontalAdvance(text) + 14;
    if (orientation() == Qt::Horizontal) x = std::max(rect.left() + 2, rect.right() - 3 - wanted);
    if (!names.isEmpty()) paintSwatch(*painter, x, rect, Theme::classColor(names.front()));
    const QRect room(x + 14, rect.top(), rect.right() - x - 14, rect.height());
    painter->setPen(theme.text);
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, room.width()));
    painter->restore();
}

}  // namespace weir::ui
