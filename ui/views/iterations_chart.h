// Conflicting and unclassified flows over the iterations: two charts with a common x axis; the draft is a hollow dashed
// point.
#pragma once

#include "core/refine/iterations.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QChart;
class QChartView;

namespace weir::ui {

/// One point of both charts.
struct IterationPoint {
    QString label, tag;   ///< "#8", "final"
    std::int64_t id = 0;  ///< 0 = the draft
    std::uint64_t conflicting = 0, unclassified = 0;
    friend bool operator==(const IterationPoint&, const IterationPoint&) = default;
};

/// Emits picked() when the user clicks a point.
class IterationsChart final : public QWidget {
    Q_OBJECT
public:
    explicit IterationsChart(QWidget* parent = nullptr);
    /// Sets the points in order of saving; the draft, if any, comes last. `allFlows` makes the titles say that all
    /// flows are counted, because other views count a selection.
    void setPoints(std::vector<IterationPoint> points, bool allFlows = false);
    const std::vector<IterationPoint>& points() const { return points_; }
    QSize minimumSizeHint() const override { return {160, 120}; }

signals:
    void picked(std::int64_t id);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuild();
    void fill(QChart& chart, std::uint64_t IterationPoint::*value, const QString& title, const QColor& color,
              bool labels);
    void alignPlots();

    std::vector<IterationPoint> points_;
    bool allFlows_ = false;
    QChartView* conflicting_;
    QChartView* unclassified_;
};

}  // namespace weir::ui
