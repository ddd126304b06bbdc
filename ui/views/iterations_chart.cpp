// See iterations_chart.h. At most kMaxBars iterations are drawn: the last ones.
#include "ui/views/iterations_chart.h"

#include "ui/text/format.h"
#include "ui/theme.h"

#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace weir::ui {
namespace {

constexpr std::size_t kMaxBars = 40;
constexpr double kLeftPx = 52;

QChartView* makeView(QWidget* parent) {
    auto* chart = new QChart;
    chart->legend()->hide();
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->setBackgroundRoundness(0);
    chart->setMargins({0, 0, 0, 0});
    auto* view = new QChartView(chart, parent);
    view->setFrameShape(QFrame::NoFrame);
    view->setRenderHint(QPainter::Antialiasing);
    view->setMinimumSize(80, 50);
    view->setFocusPolicy(Qt::NoFocus);
    return view;
}

QScatterSeries* dots(const QColor& fill, const QColor& edge) {
    auto* series = new QScatterSeries;
    series->setMarkerSize(7);
    series->setColor(fill);
    series->setBorderColor(edge);
    return series;
}

double roundUp(double most) {
    double step = 1;
    while (step * 10 <= most) step *= 10;
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (most <= step * factor) return step * factor;
    return most;
}

}  // namespace

IterationsChart::IterationsChart(QWidget* parent)
    : QWidget(parent), conflicting_(makeView(this)), unclassified_(makeView(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(conflicting_, 10);
    column->addWidget(unclassified_, 11);
    for (auto* view : {conflicting_, unclassified_}) view->viewport()->installEventFilter(this);
    setAccessibleName(tr("Chart of conflicting and unclassified flows over the iterations"));
}

void IterationsChart::setPoints(std::vector<IterationPoint> points, bool allFlows) {
    if (points.size() > kMaxBars) points.erase(points.begin(), points.end() - std::ptrdiff_t(kMaxBars));
    if (points == points_ && allFlows == allFlows_) return;
    points_ = std::move(points);
    allFlows_ = allFlows;
    QStringList words;
    for (const auto& p : points_)
        words << tr("%1: %2 conflicting, %3 unclassified").arg(p.label, count(p.conflicting), count(p.unclassified));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    rebuild();
}

void IterationsChart::rebuild() {
    const auto& theme = Theme::current();
    for (auto* view : {conflicting_, unclassified_}) view->setBackgroundBrush(theme.surface);
    fill(*conflicting_->chart(), &IterationPoint::conflicting,
         allFlows_ ? tr("Conflicting, all flows") : tr("Conflicting"), theme.error, false);
    fill(*unclassified_->chart(), &IterationPoint::unclassified,
         allFlows_ ? tr("Unclassified, all flows") : tr("Unclassified"), theme.accent, true);
    alignPlots();
}

void IterationsChart::fill(QChart& chart, std::uint64_t IterationPoint::*value, const QString& title,
                           const QColor& color, bool labels) {
    const auto& theme = Theme::current();
    chart.removeAllSeries();
    for (auto* axis : chart.axes()) {
        chart.removeAxis(axis);
        delete axis;
    }
    chart.setBackgroundVisible(false);
    auto* line = new QLineSeries;
    auto* dashed = new QLineSeries;
    auto* saved = dots(color, color);
    auto* draft = dots(theme.surface, color);
    line->setPen(QPen(color, 1.6));
    dashed->setPen(QPen(color, 1.4, Qt::DashLine));
    double most = 1;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double y = double(points_[i].*value), x = double(i);
        most = std::max(most, y);
        const bool isDraft = points_[i].id == 0;
        if (!isDraft) {
            line->append(x, y);
            saved->append(x, y);
        } else {
            if (i > 0) dashed->append(x - 1, double(points_[i - 1].*value));
            dashed->append(x, y);
            draft->append(x, y);
        }
    }
    auto* x = new QCategoryAxis;
    const double last = std::max<double>(double(points_.size()) - 1, 1);
    x->setRange(-0.35, last + 0.35);
    x->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    const std::size_t every = (points_.size() + 8) / 9;
    for (std::size_t i = 0; i < points_.size(); ++i)
        if (labels && (points_.size() - 1 - i) % std::max<std::size_t>(every, 1) == 0)
            x->append(points_[i].label, double(i));
    x->setGridLineVisible(false);
    auto* y = new QValueAxis;
    const double top = roundUp(most);
    y->setRange(-top * 0.06, top * 1.06);
    y->setLabelsVisible(false);
    y->setGridLineVisible(false);
    y->setLineVisible(false);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 11 / 12);
    x->setLabelsFont(small);
    x->setLabelsColor(theme.secondary);
    x->setLinePen(QPen(theme.rule, 1));
    chart.addAxis(x, Qt::AlignBottom);
    chart.addAxis(y, Qt::AlignLeft);
    for (QXYSeries* series : {static_cast<QXYSeries*>(line), static_cast<QXYSeries*>(dashed),
                              static_cast<QXYSeries*>(saved), static_cast<QXYSeries*>(draft)}) {
        chart.addSeries(series);
        series->attachAxis(x);
        series->attachAxis(y);
    }
    chart.setProperty("caption", title);
    chart.setProperty("top", top);
}

void IterationsChart::alignPlots() {
    const auto& theme = Theme::current();
    const QFontMetricsF metrics(font());
    const double labelsPx = metrics.height() + 8;
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 11 / 12);
    for (auto* view : {conflicting_, unclassified_}) {
        auto* chart = view->chart();
        const double bottom = view == unclassified_ ? labelsPx : 4;
        const QRectF plot(kLeftPx, metrics.height() + 4, std::max(20.0, view->width() - kLeftPx - 12.0),
                          std::max(10.0, view->height() - metrics.height() - 4 - bottom));
        chart->setPlotArea(plot);
        for (auto* item : chart->childItems())
            if (item->data(0).toString() == QStringLiteral("weir")) delete item;
        const auto add = [&](const QString& text, QPointF at, const QColor& color, bool right) {
            auto* item = new QGraphicsSimpleTextItem(text, chart);
            item->setData(0, QStringLiteral("weir"));
            item->setFont(small);
            item->setBrush(color);
            const auto size = item->boundingRect();
            item->setPos(right ? QPointF(at.x() - size.width(), at.y() - size.height() / 2) : at);
        };
        add(chart->property("caption").toString(), {8, 1}, theme.text, false);
        const double top = chart->property("top").toDouble();
        add(shortCount(top), {kLeftPx - 8, plot.top() + plot.height() * 0.06 / 1.12}, theme.secondary, true);
        add(QStringLiteral("0"), {kLeftPx - 8, plot.bottom() - plot.height() * 0.06 / 1.12}, theme.secondary, true);
        if (view != conflicting_) continue;
        const double last = std::max<double>(double(points_.size()) - 1, 1);
        double free = 0;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (points_[i].tag.isEmpty()) continue;
            const double width = QFontMetricsF(small).horizontalAdvance(points_[i].tag);
            const double middle = plot.left() + plot.width() * (double(i) + 0.35) / (last + 0.7);
            const double x =
                std::clamp(middle - width / 2, QFontMetricsF(small).horizontalAdvance(tr("Conflicting")) + 20,
                           plot.right() - width + 10);
            if (x < free) continue;
            add(points_[i].tag, {x, 1}, theme.accent, false);
            free = x + width + 6;
        }
    }
}

void IterationsChart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate();
    alignPlots();
}

void IterationsChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) rebuild();
}

bool IterationsChart::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress && !points_.empty()) {
        for (auto* view : {conflicting_, unclassified_}) {
            if (watched != view->viewport()) continue;
            const auto plot = view->chart()->plotArea();
            const double last = std::max<double>(double(points_.size()) - 1, 1);
            const double at =
                (static_cast<QMouseEvent*>(event)->position().x() - plot.left()) / plot.width() * (last + 0.7) - 0.35;
            const auto i = std::clamp<long>(std::lround(at), 0, long(points_.size()) - 1);
            emit picked(points_[std::size_t(i)].id);
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace weir::ui
