// Whether a sign holds: ● or ○, distinguished by filling and grey.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Paints kRawRole != 0 as a filled dot.
class DotDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// Sets the columns with a tinted background (one bit per column): those that the header filters by.
    void setTinted(quint64 columns) { tinted_ = columns; }
    /// Column with a vertical line at its left; -1 = none.
    void setRuleBefore(int column) { ruleBefore_ = column; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    quint64 tinted_ = 0;
    int ruleBefore_ = -1;
};

/// Filled (holds) or hollow dot in the middle of `rect`.
void paintDot(QPainter& painter, const QRect& rect, bool holds);

}  // namespace weir::ui
