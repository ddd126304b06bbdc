// S1: start, Open the sample: timeline, flows and class counts appear; the conflict figure is 0.
#include "tests/support/window_driver.h"

#include "core/session/project/resources.h"
#include "ui/charts/timeline_chart.h"
#include "ui/row_view.h"
#include "ui/text/format.h"

#include <QPushButton>

#include <numeric>

using namespace weir;

class TstScenarioS1 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS1(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void sampleOpensAtOneClick();

private:
    test::UiSandbox& sandbox_;
};

void TstScenarioS1::sampleOpensAtOneClick() {
    QVERIFY2(!session::samplePath().empty(), "the sample capture is missing");
    ui::MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(window.docks().current(), QStringLiteral("welcome"));
    auto* button = window.centralWidget()->findChild<QPushButton*>(QStringLiteral("file.openSample"));
    QVERIFY(button != nullptr && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(test::waitIdle(window));
    QVERIFY2(window.notices().text().isEmpty(), qPrintable(window.notices().text()));
    QVERIFY(window.findChild<ui::LocalNetworksDialog*>() == nullptr);  // the sample asks nothing

    QCOMPARE(window.docks().current(), QStringLiteral("refine"));
    ui::Workbench& bench = window.workbench();
    QVERIFY(bench.snapshot()->flows && bench.snapshot()->flows->size() > 100);
    QTRY_VERIFY(bench.selection() && bench.selection()->query.rows == session::Rows::derived);
    QCOMPARE(bench.selection()->count, bench.snapshot()->flows->size());

    const session::JudgementPtr judged = bench.rules().judgement();
    QVERIFY(judged->classes.oneWay.flows > 0);
    std::uint64_t sum = 0;
    for (const classify::ClassTotal& c : judged->classes.classes) sum += c.flows;
    QCOMPARE(sum, judged->classes.oneWay.flows);
    QCOMPARE(judged->conflicts.conflictingFlows, std::uint64_t(0));

    window.docks().raise(QStringLiteral("flows"));
    auto* table = window.findChild<ui::RowView*>(QStringLiteral("flowTable"));
    QVERIFY(table->isVisible());
    auto* chart = window.findChild<ui::TimelineChart*>(QStringLiteral("timelineChart"));
    QTRY_VERIFY(chart->isVisible() && chart->timeline().slotCount > 0);
    QTRY_VERIFY(chart->timeline().by == session::TimelineBy::classes);
    const auto& totals = chart->timeline().totals;
    QCOMPARE(std::accumulate(totals.begin(), totals.end(), std::uint64_t(0)), bench.selection()->count);
    for (const QSize size : {QSize(1280, 800), QSize(1440, 900), QSize(2560, 1440)}) {
        window.resize(size);
        QTest::qWait(150);
        test::shot(window, QStringLiteral("s1-light-%1").arg(size.width()));
        ui::setScheme(ui::Scheme::dark);
        QTest::qWait(150);
        test::shot(window, QStringLiteral("s1-dark-%1").arg(size.width()));
        ui::setScheme(ui::Scheme::light);
        QTest::qWait(100);
    }
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstScenarioS1)
#include "tst_scenario_s1.moc"
