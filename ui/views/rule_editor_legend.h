// Legend of the bars in the gutter, for the panel's title row.
#pragma once

#include <QWidget>

namespace weir::ui {

/// Paints with the colours of the gutter.
class RuleEditorLegend final : public QWidget {
    Q_OBJECT
public:
    explicit RuleEditorLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace weir::ui
