// The threshold random walk of a host as a small chart: the sum after each first contact, between the two decision
// bounds.
#pragma once

#include "core/explain/explain.h"

#include <QWidget>

#include <memory>

namespace weir::ui {

/// GUI thread only. Its accessible name gives the result in words.
class WalkChart final : public QWidget {
    Q_OBJECT
public:
    explicit WalkChart(QWidget* parent = nullptr);
    /// Sets the walk to show. Hides the chart for nullptr and for a walk without contacts.
    void set(std::shared_ptr<const explain::Walk> walk);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::shared_ptr<const explain::Walk> walk_;
};

}  // namespace weir::ui
