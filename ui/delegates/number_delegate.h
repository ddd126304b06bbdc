// Right-aligned numbers and plain text cells with the grid line; zero is dimmed.
#pragma once

#include <QStyledItemDelegate>

namespace weir::ui {

/// Roles that models of the workbench may provide besides the standard ones.
enum CellRole : int {
    kToneRole = Qt::UserRole + 1,  ///< int(Tone)
    kShareRole,                    ///< double 0..1: length of a bar
    kColorRole,                    ///< QColor of a bar; invalid = accent
    kClassesRole,                  ///< QStringList of class names for a chip
    kWordRole,                     ///< quint64, a code word
    kRawRole,                      ///< what a copy writes: numbers without separators
};

/// Paints DisplayRole with TextAlignmentRole, FontRole and kToneRole.
class NumberDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
