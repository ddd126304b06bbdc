// A cell of a heat map: a count on a coloured background, or a verdict in words; the selected cell is framed.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Roles of heat-map models, besides CellRole.
enum HeatRole : int {
    kHeatRole = Qt::UserRole + 100,  ///< double: count that fills the cell; absent = never filled
    kHeatMostRole,                   ///< double: highest count of the map
};

/// Paints DisplayRole on the background given by kHeatRole, else in the tone of kToneRole; the current cell has a 2 px
/// frame.
class HeatDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
