// A bar of a share, from a common zero at the left of its column; the number stands in a column of its own.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Paints kShareRole in kColorRole.
class BarDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
