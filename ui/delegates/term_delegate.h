// What a rule requires of a sign: ● it must hold, struck ring: it must not, faint point: either.
#pragma once

#include <QStyledItemDelegate>

namespace weir::ui {

/// Paints kRawRole: 1, -1 or 0.
class TermDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// Column with a vertical line at its left; -1 = none.
    void setRuleBefore(int column) { ruleBefore_ = column; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int ruleBefore_ = -1;
};

}  // namespace weir::ui
