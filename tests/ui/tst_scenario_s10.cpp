// S10: close and reopen the project: same perspective, filter, time range, selection, sort, drafts, saved filters.
#include "core/session/evidence/open_project.h"
#include "core/session/rows/row_reader.h"
#include "tests/support/packet_generator.h"
#include "tests/support/window_driver.h"

#include <QFile>
#include <QUndoStack>

using namespace weir;

class TstScenarioS10 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS10(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void samePlace();
    void untitledMovesOnSaveAs();
    void removalAndSettingsCanBeUndone();

private:
    QString trace(std::uint64_t seed);
    test::UiSandbox& sandbox_;
};

QString TstScenarioS10::trace(std::uint64_t seed) {
    const QString path = sandbox_.path(QStringLiteral("trace%1.pcap").arg(seed));
    weir::testing::TraceSpec spec;
    spec.packets = 20'000;
    spec.seed = seed;
    if (!weir::testing::writeTrace(path.toStdString(), spec)) qFatal("cannot write the trace");
    return path;
}

void TstScenarioS10::samePlace() {
    const QString path = sandbox_.path(QStringLiteral("place.weir"));
    QString rules, flowId;
    {
        auto made = session::createProject(path.toStdString());
        QVERIFY(made);
        ui::MainWindow window;
        window.show();
        window.workbench().setProject(*made);
        window.openFiles({trace(1)});
        QVERIFY(test::acceptLocal(window));
        QVERIFY(test::waitIdle(window));
        ui::Workbench& bench = window.workbench();
        bench.filter().set(QStringLiteral("proto tcp"));
        bench.filter().setTimeRange(
            std::pair(bench.snapshot()->sources.front().first, bench.snapshot()->sources.front().last + 1));
        bench.filter().setSort(session::Field::packets, true);
        bench.filter().saved().save(QStringLiteral("scans"), QStringLiteral("proto tcp and flags S"));
        rules = bench.rules().text() + QStringLiteral("\n# my own remark\n");
        bench.rules().edit(rules, QStringLiteral("typing"));
        bench.pick().setFlow(7);
        flowId = QString::fromStdString(session::flowIdOf(*bench.snapshot(), 7));
        QVERIFY(test::waitIdle(window));
        QVERIFY(window.close());
    }
    ui::MainWindow window;
    window.show();
    window.openFiles({path});
    QTRY_VERIFY(window.workbench().project() != nullptr);
    QVERIFY(test::waitIdle(window));
    ui::Workbench& bench = window.workbench();
    QCOMPARE(window.docks().current(), QStringLiteral("refine"));
    QCOMPARE(bench.filter().text(), QStringLiteral("proto tcp"));
    QVERIFY(bench.filter().timeRange().has_value());
    QCOMPARE(bench.filter().timeRange()->first, bench.snapshot()->sources.front().first);
    QCOMPARE(int(bench.filter().query().sort), int(session::Field::packets));
    QVERIFY(bench.filter().query().descending);
    QCOMPARE(bench.filter().saved().list().size(), 1);
    QCOMPARE(bench.filter().saved().list().front().text, QStringLiteral("proto tcp and flags S"));
    QCOMPARE(bench.rules().text(), rules);
    QTRY_VERIFY(bench.pick().flow().has_value());
    QCOMPARE(QString::fromStdString(session::flowIdOf(*bench.snapshot(), *bench.pick().flow())), flowId);
    QTRY_VERIFY(bench.selection() && bench.selection()->count < bench.selection()->total);
    QVERIFY(window.close());
}

void TstScenarioS10::untitledMovesOnSaveAs() {
    ui::MainWindow window;
    window.show();
    window.openFiles({trace(2)});
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    QVERIFY(window.workbench().snapshot()->untitled);
    const QString before = QString::fromStdString(window.workbench().snapshot()->path);
    const QString after = sandbox_.path(QStringLiteral("moved.weir"));
    const std::size_t flows = window.workbench().snapshot()->flows->size();
    window.control().saveAs(after);
    QVERIFY(test::waitIdle(window));
    QVERIFY(!window.workbench().snapshot()->untitled);
    QVERIFY(QFile::exists(after));
    QVERIFY(!QFile::exists(before));
    QCOMPARE(window.workbench().snapshot()->flows->size(), flows);
    QVERIFY(window.close());  // asks nothing: it has a name
}

void TstScenarioS10::removalAndSettingsCanBeUndone() {
    ui::MainWindow window;
    window.show();
    window.openFiles({trace(3), trace(4)});
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    ui::Workbench& bench = window.workbench();
    const std::size_t flows = bench.snapshot()->flows->size();
    const std::uint64_t oneWay = bench.rules().judgement()->classes.oneWay.flows;
    QVERIFY(oneWay > 0);

    emit bench.sourceRemovalAsked(bench.snapshot()->sources.front().number);
    QVERIFY(test::waitIdle(window));
    QCOMPARE(bench.snapshot()->sources.size(), std::size_t(1));
    QVERIFY(bench.snapshot()->flows->size() < flows);
    bench.undo().undo();
    QVERIFY(test::waitIdle(window));
    QCOMPARE(bench.snapshot()->sources.size(), std::size_t(2));
    QCOMPARE(bench.snapshot()->flows->size(), flows);

    window.control().setLocal({*flow::parsePrefix("198.51.100.0/24")});
    QVERIFY(test::waitIdle(window));
    QVERIFY(bench.rules().judgement()->classes.oneWay.flows != oneWay);
    bench.undo().undo();
    QVERIFY(test::waitIdle(window));
    QCOMPARE(bench.rules().judgement()->classes.oneWay.flows, oneWay);
    QVERIFY2(window.notices().text().isEmpty(), qPrintable(window.notices().text()));
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstScenarioS10)
#include "tst_scenario_s10.moc"
