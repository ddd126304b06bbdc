// A row of widgets at their preferred widths that never requires more room than there is: widgets that do not fit are
// hidden completely.
#pragma once

#include <QLayout>

#include <vector>

namespace weir::ui {

/// Owns its items, not its widgets.
class FittingRow final : public QLayout {
public:
    using QLayout::QLayout;
    ~FittingRow() override;
    /// Adds a widget. Widgets appear in the order in which they were added, aligned to `side`. Widgets with low ranks
    /// get room first. REQUIRES: ranks are unique.
    void add(QWidget* widget, int rank, Qt::AlignmentFlag side = Qt::AlignLeft);
    /// Whether the widget had room in the last layout. Only meaningful for widgets that are not hidden.
    bool fits(const QWidget* widget) const;

    int count() const override { return int(parts_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    void addItem(QLayoutItem* item) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    QSize sizeHint() const override;
    QSize minimumSize() const override;  ///< width 0
    void setGeometry(const QRect& rect) override;

private:
    struct Part {
        QLayoutItem* item;
        int rank;
        Qt::AlignmentFlag side;
        bool fits = true;
    };
    void choose(int room);

    std::vector<Part> parts_;
};

}  // namespace weir::ui
