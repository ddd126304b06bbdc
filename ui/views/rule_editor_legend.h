// What the bars in the gutter mean, for the dock's title row.
#pragma once

#include <QWidget>

namespace weir::ui {

class RuleEditorLegend final : public QWidget {
    Q_OBJECT
public:
    explicit RuleEditorLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace weir::ui
