// "Hide below n flows": the popularity cut-off of a list of combinations.
#pragma once

#include <QWidget>

class QSpinBox;

namespace weir::ui {

class CutOffBox final : public QWidget {
    Q_OBJECT
public:
    explicit CutOffBox(QWidget* parent = nullptr);
    QSpinBox& box() const { return *box_; }

private:
    QSpinBox* box_;
};

}  // namespace weir::ui
