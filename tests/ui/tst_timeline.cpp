// Ticks of the time and count axes; the time range that is dragged, moved by keys and removed.
#include "ui/charts/time_ticks.h"
#include "ui/charts/timeline_chart.h"
#include "ui/theme.h"

#include <QSignalSpy>
#include <QTest>
#include <QtCharts/QChart>

#include <numeric>

using namespace weir;
using namespace weir::ui;

class TstTimeline : public QObject {
    Q_OBJECT
private slots:
    void timeTicksAreRound_data();
    void timeTicksAreRound();
    void countTicksCoverTheHighest();
    void draggedRangeIsWholeSlots();
    void keysMoveTheRange();
    void seriesPerBandWithFlows();

private:
    static session::Timeline tenMinutes();
};

session::Timeline TstTimeline::tenMinutes() {
    session::Timeline t;
    t.fromUs = 1'700'000'000LL * 1'000'000 / 600'000'000 * 600'000'000;
    t.slotUs = 10'000'000;
    t.slotCount = 60;
    t.by = session::TimelineBy::classes;
    t.bands = {"Malicious Scanning", "Backscatter", "Other"};
    t.counts.assign(3, std::vector<std::uint64_t>(60, 0));
    for (std::size_t i = 0; i < 60; ++i) {
        t.counts[0][i] = 100 + i;
        t.counts[2][i] = i % 7;
    }
    for (const auto& c : t.counts) t.totals.push_back(std::accumulate(c.begin(), c.end(), std::uint64_t(0)));
    return t;
}

void TstTimeline::timeTicksAreRound_data() {
    QTest::addColumn<qint64>("span");
    QTest::newRow("10 s") << qint64(10);
    QTest::newRow("1 min") << qint64(60);
    QTest::newRow("1 h") << qint64(3600);
    QTest::newRow("1 day") << qint64(86400);
    QTest::newRow("30 days") << qint64(86400 * 30);
    QTest::newRow("5 years") << qint64(86400) * 365 * 5;
}

void TstTimeline::timeTicksAreRound() {
    QFETCH(qint64, span);
    const std::int64_t from = 1'700'000'123'000'000;
    const auto ticks = timeTicks(from, from + span * 1'000'000, 8, Zone::utc);
    QVERIFY(ticks.size() >= 2 && ticks.size() <= 9);
    const auto step = std::int64_t(ticks[1].at - ticks[0].at);
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        QVERIFY(ticks[i].at >= double(from) && ticks[i].at <= double(from + span * 1'000'000));
        QCOMPARE(std::int64_t(ticks[i].at) % step, std::int64_t(0));
        QVERIFY(!ticks[i].label.isEmpty());
    }
}

void TstTimeline::countTicksCoverTheHighest() {
    for (const double highest : {0.0, 1.0, 3.0, 9.0, 10.0, 77.0, 101.0, 40'000.0, 7'267'516.0}) {
        const auto ticks = countTicks(highest);
        QVERIFY(ticks.back().at >= highest);
        QVERIFY(ticks.back().at <= std::max(1.0, highest) * 2.5);
        QCOMPARE(ticks.front().at, 0.0);
    }
}

void TstTimeline::draggedRangeIsWholeSlots() {
    TimelineChart chart;
    chart.resize(900, 140);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
    const session::Timeline t = tenMinutes();
    chart.setTimeline(t, Zone::utc);
    QTest::qWait(30);
    FlowFilter::TimeRange chosen;
    connect(&chart, &TimelineChart::rangeChosen, this, [&](const FlowFilter::TimeRange& r) { chosen = r; });
    const QRectF plot = chart.chart()->plotArea();
    QVERIFY(plot.width() > 300);
    const auto at = [&](double share) {
        return QPoint(int(plot.left() + share * plot.width()), int(plot.center().y()));
    };
    QTest::mousePress(chart.viewport(), Qt::LeftButton, {}, at(0.25));
    QMouseEvent move(QEvent::MouseMove, at(0.5), chart.viewport()->mapToGlobal(at(0.5)), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(chart.viewport(), &move);
    QTest::mouseRelease(chart.viewport(), Qt::LeftButton, {}, at(0.5));
    QVERIFY(chosen.has_value());
    QCOMPARE((chosen->first - t.fromUs) % t.slotUs, std::int64_t(0));
    QCOMPARE((chosen->second - t.fromUs) % t.slotUs, std::int64_t(0));
    QVERIFY(std::abs(double(chosen->first - t.fromUs) / 1e6 - 150) <= 12);
    QVERIFY(std::abs(double(chosen->second - t.fromUs) / 1e6 - 300) <= 12);
    QTest::mouseDClick(chart.viewport(), Qt::LeftButton, {}, at(0.5));
    QVERIFY(!chosen.has_value());
}

void TstTimeline::keysMoveTheRange() {
    TimelineChart chart;
    chart.resize(900, 140);
    chart.show();
    const session::Timeline t = tenMinutes();
    chart.setTimeline(t, Zone::utc);
    connect(&chart, &TimelineChart::rangeChosen, &chart, &TimelineChart::setRange);
    FlowFilter::TimeRange chosen;
    connect(&chart, &TimelineChart::rangeChosen, this, [&](const FlowFilter::TimeRange& r) { chosen = r; });
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chosen->first, t.fromUs);
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chosen->first, t.fromUs + t.slotUs);
    QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(chosen->second - chosen->first, 2 * t.slotUs);
    QTest::keyClick(&chart, Qt::Key_Delete);
    QVERIFY(!chosen.has_value());
}

void TstTimeline::seriesPerBandWithFlows() {
    TimelineChart chart;
    chart.resize(900, 140);
    chart.show();
    chart.setTimeline(tenMinutes(), Zone::utc);
    QCOMPARE(chart.chart()->series().size(), 2);  // Backscatter has none
    QCOMPARE(bandColor(tenMinutes(), 0), Theme::classColor(u"Malicious Scanning"));
}

QTEST_MAIN(TstTimeline)
#include "tst_timeline.moc"
