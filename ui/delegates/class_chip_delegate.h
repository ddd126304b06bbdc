// A class as swatch plus name; several classes are a conflict, shown in words and in the error colour.
#pragma once

#include "ui/delegates/number_delegate.h"

namespace weir::ui {

/// Paints kClassesRole; falls back to DisplayRole as plain text.
class ClassChipDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
