// A line of a diff: removed lines are struck out, both kinds have their own background.
#pragma once

#include <QStyledItemDelegate>

namespace weir::ui {

/// int(refine::DiffKind) of the row.
inline constexpr int kDiffKindRole = Qt::UserRole + 120;

class DiffDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
