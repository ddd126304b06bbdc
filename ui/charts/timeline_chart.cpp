// See timeline_chart.h.
#include "ui/charts/timeline_chart.h"

#include "ui/charts/time_ticks.h"
#include "ui/code_look.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QGraphicsLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>

#include <algorithm>
#include <array>
#include <cmath>

namespace weir::ui {
namespace {

constexpr double kGripPx = 5;

QLineSeries* outlineOf(const std::vector<double>& heights, const session::Timeline& t, QObject* parent) {
    QList<QPointF> points;
    points.reserve(qsizetype(heights.size()) + 2);
    const double half = double(t.slotUs) / 2;
    points << QPointF(double(t.fromUs), heights.front());
    for (std::size_t i = 0; i < heights.size(); ++i)
        points << QPointF(double(t.fromUs) + double(t.slotUs) * double(i) + half, heights[i]);
    points << QPointF(double(t.fromUs) + double(t.slotUs) * double(heights.size()), heights.back());
    auto* line = new QLineSeries(parent);
    line->replace(points);
    return line;
}

}  // namespace

QColor bandColor(const session::Timeline& timeline, std::size_t band) {
    const Theme& t = Theme::current();
    const QString name = fromUtf8(timeline.bands[band]);
    const QColor apart = QColor::fromRgb(t.dark ? 0xff454c53 : 0xffdde1e5);  // what is told apart from nothing
    switch (timeline.by) {
        case session::TimelineBy::classes:
            if (name == u"two-way") return QColor::fromRgb(t.dark ? 0xff3b5163 : 0xffc3d2de);
            return name == u"not classified" ? apart : Theme::classColor(name);
        case session::TimelineBy::badness: {
            static constexpr std::array<int, 4> kSteps = {0, 10, 30, 50};
            return band < kSteps.size() ? badnessColor(kSteps[band]) : apart;
        }
        case session::TimelineBy::direction: break;
    }
    static constexpr std::array<QRgb, 4> kNeutral = {0xff0072b2, 0xff56b4e9, 0xff8a9199, 0xff009e73};
    return QColor::fromRgb(kNeutral[band % kNeutral.size()]);
}

TimelineChart::TimelineChart(QWidget* parent) : QChartView(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setRenderHint(QPainter::Antialiasing);
    setMinimumHeight(40);
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("Arrow keys move the time range, Shift+arrow keys change its end, Delete removes it."));
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setMargins(QMargins(4, 8, 22, 0));
    setCursor(Qt::IBeamCursor);
}

void TimelineChart::setTimeline(session::Timeline timeline, Zone zone) {
    timeline_ = std::move(timeline);
    zone_ = zone;
    rebuild();
}

void TimelineChart::setRange(const FlowFilter::TimeRange& range) {
    range_ = range;
    viewport()->update();
}

std::int64_t TimelineChart::end() const {
    return timeline_.fromUs + timeline_.slotUs * std::int64_t(timeline_.slotCount);
}

void TimelineChart::rebuild() {
    const Theme& t = Theme::current();
    chart()->removeAllSeries();
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    chart()->setBackgroundBrush(t.surface);
    setBackgroundBrush(t.surface);
    if (timeline_.slotCount == 0) return;
    std::vector<double> base(timeline_.slotCount, 0.0);
    std::vector<QAreaSeries*> areas;
    for (std::size_t band = 0; band < timeline_.bands.size(); ++band) {
        if (timeline_.totals[band] == 0) continue;
        std::vector<double> upper = base;
        for (std::size_t i = 0; i < timeline_.slotCount; ++i) upper[i] += double(timeline_.counts[band][i]);
        auto* area = new QAreaSeries;
        area->setUpperSeries(outlineOf(upper, timeline_, area));
        area->setLowerSeries(outlineOf(base, timeline_, area));
        area->setName(fromUtf8(timeline_.bands[band]));
        area->setBrush(bandColor(timeline_, band));
        area->setPen(Qt::NoPen);
        areas.push_back(area);
        base = std::move(upper);
    }
    for (QAreaSeries* area : areas) chart()->addSeries(area);
    addAxes(*std::max_element(base.begin(), base.end()));
}

void TimelineChart::addAxes(double highest) {
    const Theme& t = Theme::current();
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.92);
    const auto make = [&](const std::vector<Tick>& ticks, double low, double high, Qt::Alignment side) {
        auto* axis = new QCategoryAxis;
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setRange(low, high);
        QString before;
        for (const Tick& tick : ticks) {
            QString label = tick.label;  // labels must differ: a repeated one gets an invisible mark
            while (axis->categoriesLabels().contains(label)) label += QChar(0x200b);
            axis->append(label, tick.at);
        }
        axis->setLabelsFont(small);
        axis->setLabelsColor(t.secondary);
        axis->setGridLineColor(t.grid);
        axis->setLinePenColor(t.rule);
        axis->setTruncateLabels(false);
        axis->setGridLineVisible(side == Qt::AlignLeft);
        chart()->addAxis(axis, side);
        for (QAbstractSeries* series : chart()->series()) series->attachAxis(axis);
    };
    const auto counts = countTicks(highest);
    make(timeTicks(timeline_.fromUs, end(), std::max(2, width() / 110), zone_), double(timeline_.fromUs), double(end()),
         Qt::AlignBottom);
    make(counts, 0, counts.back().at, Qt::AlignLeft);
}

double TimelineChart::xOf(double us) const {
    const QRectF plot = chart()->plotArea();
    const double span = double(end() - timeline_.fromUs);
    return plot.left() + (span > 0 ? (us - double(timeline_.fromUs)) / span * plot.width() : 0);
}

double TimelineChart::usAt(double x) const {
    const QRectF plot = chart()->plotArea();
    const double share = std::clamp((x - plot.left()) / std::max(1.0, plot.width()), 0.0, 1.0);
    return double(timeline_.fromUs) + share * double(end() - timeline_.fromUs);
}

/// Whole slots between the anchor and the place.
FlowFilter::TimeRange TimelineChart::dragged(double us) const {
    const auto slot = [this](double at, bool up) {
        const double n = (at - double(timeline_.fromUs)) / double(timeline_.slotUs);
        return timeline_.fromUs + std::int64_t(up ? std::ceil(n - 1e-9) : std::floor(n + 1e-9)) * timeline_.slotUs;
    };
    const std::int64_t from = slot(std::min(anchorUs_, us), false);
    return std::pair(from, std::max(from + timeline_.slotUs, slot(std::max(anchorUs_, us), true)));
}

void TimelineChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || timeline_.slotCount == 0) return;
    const double x = event->position().x();
    grip_ = Grip::fresh;
    if (range_ && std::abs(x - xOf(double(range_->first))) < kGripPx)
        grip_ = Grip::left;
    else if (range_ && std::abs(x - xOf(double(range_->second))) < kGripPx)
        grip_ = Grip::right;
    anchorUs_ = grip_ == Grip::left ? double(range_->second) : grip_ == Grip::right ? double(range_->first) : usAt(x);
    drag_.reset();
}

void TimelineChart::mouseMoveEvent(QMouseEvent* event) {
    if (grip_ == Grip::none) return;
    const double x = event->position().x();
    if (grip_ == Grip::fresh && !drag_ && std::abs(x - xOf(anchorUs_)) < 3) return;
    drag_ = dragged(usAt(x));
    viewport()->update();
}

void TimelineChart::mouseReleaseEvent(QMouseEvent*) {
    grip_ = Grip::none;
    if (!drag_) return;
    range_ = std::exchange(drag_, std::nullopt);
    viewport()->update();
    emit rangeChosen(range_);
}

void TimelineChart::mouseDoubleClickEvent(QMouseEvent*) {
    grip_ = Grip::none;
    emit rangeChosen({});
}

void TimelineChart::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (timeline_.slotCount == 0 || (step == 0 && event->key() != Qt::Key_Delete && event->key() != Qt::Key_Escape))
        return QChartView::keyPressEvent(event);
    if (step == 0) return emit rangeChosen({});
    const std::int64_t by = step * timeline_.slotUs;
    FlowFilter::TimeRange next = range_;
    if (!next)
        next = std::pair(timeline_.fromUs, timeline_.fromUs + timeline_.slotUs);
    else if (event->modifiers() & Qt::ShiftModifier)
        next->second = std::clamp(next->second + by, next->first + timeline_.slotUs, end());
    else if (next->first + by >= timeline_.fromUs && next->second + by <= end())
        next = std::pair(next->first + by, next->second + by);
    emit rangeChosen(next);
}

void TimelineChart::paintRange(QPainter& painter, const QRectF& plot) const {
    const Theme& t = Theme::current();
    const FlowFilter::TimeRange& shown = drag_ ? drag_ : range_;
    if (!shown) return;
    const double left = std::clamp(xOf(double(shown->first)), plot.left(), plot.right());
    const double right = std::clamp(xOf(double(shown->second)), plot.left(), plot.right());
    QColor shade = t.surface;
    shade.setAlpha(150);
    painter.fillRect(QRectF(plot.left(), plot.top(), left - plot.left(), plot.height()), shade);
    painter.fillRect(QRectF(right, plot.top(), plot.right() - right, plot.height()), shade);
    for (const double x : {left, right}) {
        painter.setPen(QPen(t.accent, 1.5));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setBrush(t.surface);
        painter.drawRoundedRect(QRectF(x - 3, plot.center().y() - 6, 6, 12), 2, 2);
    }
    const QString text = timeRange(shown->first, shown->second, zone_);
    QRectF box = painter.fontMetrics().boundingRect(text);
    box.setSize(box.size() + QSizeF(14, 4));
    box.moveCenter(QPointF((left + right) / 2, plot.top() + box.height() / 2));
    box.moveLeft(std::clamp(box.left(), plot.left(), std::max(plot.left(), plot.right() - box.width())));
    painter.setPen(t.rule);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(t.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void TimelineChart::drawForeground(QPainter* painter, const QRectF&) {
    if (timeline_.slotCount == 0) return;
    painter->save();
    painter->setFont(font());
    const QRectF plot = chart()->plotArea();
    paintRange(*painter, plot);
    if (keyFocus_ && hasFocus()) {
        painter->setPen(Theme::current().accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(plot);
    }
    painter->restore();
}

bool TimelineChart::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip || timeline_.slotCount == 0) return QChartView::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto slot = std::min(timeline_.slotCount - 1, std::size_t((usAt(help->pos().x()) - double(timeline_.fromUs)) /
                                                                    double(timeline_.slotUs)));
    const std::int64_t from = timeline_.fromUs + timeline_.slotUs * std::int64_t(slot);
    QStringList lines{timeRange(from, from + timeline_.slotUs, zone_) + u' ' + zoneName(zone_)};
    for (std::size_t band = 0; band < timeline_.bands.size(); ++band)
        if (timeline_.counts[band][slot] != 0)
            lines << fromUtf8(timeline_.bands[band]) + QStringLiteral(": ") + count(timeline_.counts[band][slot]);
    QToolTip::showText(help->globalPos(), lines.join(u'\n'), this);
    return true;
}

void TimelineChart::focusInEvent(QFocusEvent* event) {
    keyFocus_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QChartView::focusInEvent(event);
    viewport()->update();
}

void TimelineChart::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void TimelineChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) rebuild();
}

void TimelineChart::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        QMetaObject::invokeMethod(this, &TimelineChart::rebuild, Qt::QueuedConnection);
}

}  // namespace weir::ui
