// "Hide below n flows": the minimum number of flows for a list of combinations.
#pragma once

#include <QWidget>

class QSpinBox;

namespace weir::ui {

/// The number is that of box(); 0 hides nothing.
class CutOffBox final : public QWidget {
    Q_OBJECT
public:
    explicit CutOffBox(QWidget* parent = nullptr);
    QSpinBox& box() const { return *box_; }

private:
    QSpinBox* box_;
};

}  // namespace weir::ui
