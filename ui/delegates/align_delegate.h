// A line of one of two texts side by side: fixed font, on the field of what became of it.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Paints DisplayRole by CompareTextModel::kAlignRole; `after`: the side of the challenger.
class AlignDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    AlignDelegate(bool after, QObject* parent) : QStyledItemDelegate(parent), after_(after) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    bool after_;
};

}  // namespace weir::ui
