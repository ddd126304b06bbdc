// The threshold random walk of a host as a small chart: the sum after each first contact, between the bounds that
// decide.
#pragma once

#include "core/explain/explain.h"

#include <QWidget>

#include <memory>

namespace weir::ui {

class WalkChart final : public QWidget {
    Q_OBJECT
public:
    explicit WalkChart(QWidget* parent = nullptr);
    /// nullptr or without contacts: hides itself.
    void set(std::shared_ptr<const explain::Walk> walk);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::shared_ptr<const explain::Walk> walk_;
};

}  // namespace weir::ui
