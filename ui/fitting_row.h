// A row of widgets at their own widths that never asks for more room than there is: what does not fit is left out
// whole.
#pragma once

#include <QLayout>

#include <vector>

namespace weir::ui {

class FittingRow final : public QLayout {
public:
    using QLayout::QLayout;
    ~FittingRow() override;
    /// Widgets appear in the order of adding, from the left or towards the right end. Room goes to low ranks first;
    /// ranks differ.
    void add(QWidget* widget, int rank, Qt::AlignmentFlag side = Qt::AlignLeft);
    /// Of all that is not hidden; false for what had no room when the row was last laid out.
    bool fits(const QWidget* widget) const;

    int count() const override { return int(parts_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    void addItem(QLayoutItem* item) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    QSize sizeHint() const override;
    QSize minimumSize() const override;  ///< as wide as nothing
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
