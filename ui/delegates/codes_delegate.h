// Cells for codes: a code word as chips side by side, or one code with its colour at the left edge.
#pragma once

#include "ui/code_look.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/quick_text.h"

#include <memory>

namespace weir::ui {

/// Paints the code word in kWordRole with the look of the last setLook().
class CodesDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CodesDelegate(QObject* parent) : QStyledItemDelegate(parent) {}
    void setLook(const CodeLook& look) { look_ = look; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const QuickText& textFor(const QFont& font) const;
    CodeLook look_;
    mutable QFont font_;
    mutable std::unique_ptr<QuickText> text_;
};

/// Paints DisplayRole as text after a coloured edge (kColorRole).
class CodeNameDelegate final : public NumberDelegate {
    Q_OBJECT
public:
    using NumberDelegate::NumberDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace weir::ui
