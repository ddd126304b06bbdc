// One step a contact; a scale that always shows both bounds.
#include "ui/charts/walk_chart.h"

#include "ui/delegates/cell_paint.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <tuple>

namespace weir::ui {

WalkChart::WalkChart(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

QSize WalkChart::sizeHint() const { return {120, 5 * fontMetrics().height() + 24}; }

void WalkChart::set(std::shared_ptr<const explain::Walk> walk) {
    walk_ = std::move(walk);
    const bool there = walk_ && !walk_->sums.empty();
    setVisible(there);
    if (!there) return;
    const double last = walk_->sums.back();
    const QString verdict = last >= walk_->upper   ? tr("result: scanner")
                            : last <= walk_->lower ? tr("result: benign")
                                                   : tr("result: undecided");
    const QString text = tr("Threshold random walk of the source over %1 first contacts: up for each that failed, down "
                            "for each that was answered; %2")
                             .arg(count(std::uint64_t(walk_->sums.size())), verdict);
    setToolTip(text);
    setAccessibleName(text);
    update();
}

void WalkChart::paintEvent(QPaintEvent*) {
    if (!walk_ || walk_->sums.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::current();
    const QFontMetrics metrics = painter.fontMetrics();
    const QString scanner = tr("scanner"), benign = tr("benign");
    const int labels = std::max(metrics.horizontalAdvance(scanner), metrics.horizontalAdvance(benign)) + 8;
    const QRectF area =
        QRectF(rect()).adjusted(8, metrics.height() / 2.0 + 2, -8 - labels, -metrics.height() * 1.5 - 6.0);
    const auto [low, high] = std::ranges::minmax(walk_->sums);
    const double bottom = std::min(walk_->lower, low), top = std::max(walk_->upper, high);
    const auto y = [&](double sum) { return area.top() + (top - sum) / (top - bottom) * area.height(); };
    const double step = area.width() / double(walk_->sums.size());
    const std::array<std::tuple<double, QColor, QString>, 2> bounds = {
        {{walk_->upper, theme.error, scanner}, {walk_->lower, theme.good, benign}}};
    for (const auto& [bound, colour, name] : bounds) {
        painter.setPen(QPen(colour, 1, Qt::DashLine));
        painter.drawLine(QPointF(area.left(), y(bound)), QPointF(area.right(), y(bound)));
        painter.setPen(colour);
        painter.drawText(QRectF(area.right() + 6, y(bound) - metrics.height() / 2.0, labels, metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, name);
    }
    painter.setPen(QPen(theme.rule, 1));
    painter.drawLine(QPointF(area.left(), y(0)), QPointF(area.right(), y(0)));
    QPolygonF line{QPointF(area.left(), y(0))};
    for (std::size_t i = 0; i < walk_->sums.size(); ++i)
        line << QPointF(area.left() + step * double(i + 1), y(walk_->sums[i]));
    painter.setPen(QPen(theme.accent, 1.6));
    painter.drawPolyline(line);
    painter.setBrush(theme.accent);
    painter.setPen(Qt::NoPen);
    if (step >= 5)
        for (const QPointF& at : std::as_const(line)) painter.drawEllipse(at, 2, 2);
    painter.drawEllipse(line.back(), 3, 3);
    painter.setPen(theme.secondary);
    painter.drawText(
        QRectF(area.left(), area.bottom() + metrics.height() / 2.0 + 3, area.width() + labels, metrics.height()),
        Qt::AlignLeft,
        walk_->sums.size() == 1 ? tr("1 first contact")
                                : tr("%1 first contacts").arg(count(std::uint64_t(walk_->sums.size()))));
}

}  // namespace weir::ui
