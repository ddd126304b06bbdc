// A bar for a share, starting at the left of its column; the number has its own column.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Paints a bar of length kShareRole in the colour kColorRole.
class BarDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
