// A cell of a heat map: count on its field, verdict in words, the chosen cell framed.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Roles of heat-map models beside CellRole.
enum HeatRole : int {
    kHeatRole = Qt::UserRole + 100,  ///< double: count that fills the cell; absent = never filled
    kHeatMostRole,                   ///< double: highest count of the map
};

/// Paints DisplayRole on the field of kHeatRole, else in the tone of kToneRole; the current cell has a 2 px frame.
class HeatDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
