// A line of one of two texts side by side: fixed font, background by kind of change.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Paints DisplayRole with the background of CompareTextModel::kAlignRole; `after` = the challenger's side.
class AlignDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    AlignDelegate(bool after, QObject* parent) : QStyledItemDelegate(parent), after_(after) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    bool after_;
};

}  // namespace weir::ui
