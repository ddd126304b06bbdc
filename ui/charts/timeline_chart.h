// Stacked areas over time with a time range that can be dragged, moved and cleared.
#pragma once

#include "core/session/rows/timeline.h"
#include "ui/state/flow_filter.h"
#include "ui/state/workbench.h"

#include <QColor>
#include <QtCharts/QChartView>

#include <optional>
#include <vector>

namespace weir::ui {

/// Colour of a band of session::Timeline: that of its class, otherwise a neutral one.
QColor bandColor(const session::Timeline& timeline, std::size_t band);

/// Shows a session::Timeline. GUI thread only. Emits rangeChosen() when the user changes the range; setRange() does not
/// emit.
class TimelineChart final : public QChartView {
    Q_OBJECT
public:
    explicit TimelineChart(QWidget* parent = nullptr);
    void setTimeline(session::Timeline timeline, Zone zone);
    void setRange(const FlowFilter::TimeRange& range);
    const session::Timeline& timeline() const { return timeline_; }

signals:
    void rangeChosen(const FlowFilter::TimeRange& range);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    enum class Grip : unsigned char { none, fresh, left, right };
    void rebuild();
    void addAxes(double top);
    double xOf(double us) const;
    double usAt(double x) const;
    std::int64_t end() const;
    FlowFilter::TimeRange dragged(double us) const;
    void paintRange(QPainter& painter, const QRectF& plot) const;

    session::Timeline timeline_;
    Zone zone_ = Zone::utc;
    FlowFilter::TimeRange range_, drag_;
    Grip grip_ = Grip::none;
    double anchorUs_ = 0;
    bool keyFocus_ = false;  ///< focused by Tab: show the focus frame
};

}  // namespace weir::ui
