// S7: import a big capture and cancel at once: the window lives throughout, no source is left, the project file is
// valid.
#include "tests/support/packet_generator.h"
#include "tests/support/window_driver.h"

#include "core/session/evidence/open_project.h"
#include "core/session/verbs/info.h"

#include <QFile>

using namespace weir;

class TstScenarioS7 : public QObject {
    Q_OBJECT
public:
    explicit TstScenarioS7(test::UiSandbox& sandbox) : sandbox_(sandbox) {}
private slots:
    void initTestCase();
    void cancelInANamedProject();
    void cancelWithoutAProject();
    void cancelledImportCanBeRunAgain();
    void cancelledFolderKeepsWholeCaptures();
    void cancelledSearchStaysCancelled();

private:
    test::UiSandbox& sandbox_;
    QString trace_;
};

void TstScenarioS7::initTestCase() {
    trace_ = sandbox_.path(QStringLiteral("big.pcap"));
    weir::testing::TraceSpec spec;
    spec.packets = 3'000'000;
    QVERIFY(weir::testing::writeTrace(trace_.toStdString(), spec));
}

void TstScenarioS7::cancelInANamedProject() {
    const QString path = sandbox_.path(QStringLiteral("named.weir"));
    {
        auto made = session::createProject(path.toStdString());
        QVERIFY(made);
        ui::MainWindow window;
        window.show();
        window.workbench().setProject(*made);
        QVERIFY(test::waitIdle(window));
        test::StallWatch stall;
        window.openFiles({trace_});
        QTRY_VERIFY(window.workbench().jobs().running() > 0);
        QTRY_VERIFY_WITH_TIMEOUT(window.workbench().jobs().jobs().back().finished > 0, 20'000);  // it really reads
        test::trigger(window, "jobs.cancel");
        QVERIFY(test::waitIdle(window, 20'000));
        qInfo("longest absence of the event loop: %.1f ms", stall.worstMs());
        QVERIFY(stall.worstMs() < 250);  // several test programs may share the processors
        QVERIFY(window.isVisible());
        QVERIFY2(window.notices().text().isEmpty(), qPrintable(window.notices().text()));
        QVERIFY(window.workbench().snapshot()->sources.empty());
        QVERIFY(window.findChild<ui::LocalNetworksDialog*>() == nullptr);
        test::shot(window, QStringLiteral("s7-cancelled"));
        window.close();
    }
    auto again = session::openProject(path.toStdString());
    QVERIFY2(again, again ? "" : again.error().detail.c_str());
    QVERIFY((*again)->reading()->sources()->empty());
}

void TstScenarioS7::cancelWithoutAProject() {
    ui::MainWindow window;
    window.show();
    window.openFiles({trace_});
    QTRY_VERIFY(window.workbench().project() != nullptr);
    const QString untitled = QString::fromStdString(window.workbench().snapshot()->path);
    QTest::qWait(50);
    test::trigger(window, "jobs.cancel");
    QVERIFY(test::waitIdle(window, 20'000));
    QVERIFY(window.workbench().project() == nullptr);  // back at the welcome page
    QCOMPARE(window.docks().current(), QStringLiteral("welcome"));
    QVERIFY(!QFile::exists(untitled));
}

void TstScenarioS7::cancelledImportCanBeRunAgain() {
    ui::MainWindow window;
    window.show();
    window.openFiles({trace_});
    QTest::qWait(30);
    test::trigger(window, "jobs.cancel");
    QVERIFY(test::waitIdle(window, 20'000));
    window.openFiles({trace_});
    QVERIFY(test::acceptLocal(window, 120'000));
    QVERIFY(test::waitIdle(window));
    QCOMPARE(window.workbench().snapshot()->sources.size(), std::size_t(1));
    QCOMPARE(window.workbench().snapshot()->sources.front().packetsSeen, std::uint64_t(3'000'000));
    QVERIFY(window.workbench().rules().judgement()->classes.oneWay.flows > 0);
    test::shot(window, QStringLiteral("s7-read"));
    window.control().close(true);
}

/// A folder is one job with one bar, a rate and the time left; after a cancel the captures that were read whole are
/// loaded, the others are not there.
void TstScenarioS7::cancelledFolderKeepsWholeCaptures() {
    const QString folder = sandbox_.path(QStringLiteral("captures"));
    QVERIFY(QDir().mkpath(folder));
    constexpr int kSmall = 40,
                  kCaptures = kSmall + 3;  // a snapshot is shared by several small ones: the last may not be in it yet
    for (int i = 0; i < kCaptures; ++i) {
        weir::testing::TraceSpec spec;
        spec.packets = i < kSmall ? 2'000 : 1'500'000;
        spec.seed = std::uint64_t(i + 1);
        QVERIFY(weir::testing::writeTrace(folder.toStdString() + "/" + std::to_string(100 + i) + ".pcap", spec));
    }
    ui::MainWindow window;
    window.show();
    auto& jobs = window.workbench().jobs();
    double rate = 0, left = -1;
    bool several = false;
    connect(&jobs, &ui::JobList::changed, &window, [&] {
        if (jobs.running() == 0) return;
        const ui::JobInfo& job = jobs.jobs().back();
        rate = std::max(rate, job.rate);
        left = std::max(left, job.secondsLeft);
        several = several || jobs.running() > 1;
    });
    window.openFiles({folder});
    const auto whole = [&] {
        return window.workbench().project() ? window.workbench().project()->reading()->sources()->size() : 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(whole() >= std::size_t(kSmall), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(rate > 0 && left >= 0, 20'000);
    QVERIFY(!several);
    const QString name = jobs.jobs().back().name;
    QVERIFY2(name.contains(QStringLiteral("captures")), qPrintable(name));
    test::trigger(window, "jobs.cancel");
    QTRY_VERIFY_WITH_TIMEOUT(!jobs.jobs().empty() && std::any_of(jobs.jobs().begin(), jobs.jobs().end(),
                                                                 [&](const ui::JobInfo& job) {
                                                                     return job.name == name &&
                                                                            job.state == ui::JobState::cancelled;
                                                                 }),
                             20'000);
    QVERIFY(test::acceptLocal(window));
    QVERIFY(test::waitIdle(window));
    const auto sources = window.workbench().snapshot()->sources;
    QVERIFY(sources.size() >= std::size_t(kSmall) && sources.size() < std::size_t(kCaptures));
    QCOMPARE(sources.size(), whole());
    for (const auto& source : sources)
        QCOMPARE(source.packetsSeen, std::uint64_t(source.number <= kSmall ? 2'000 : 1'500'000));
    std::uint64_t records = 0;
    for (const auto& source : sources) records += source.flows;
    QCOMPARE(window.workbench().snapshot()->records->rows(), records);
    QVERIFY(window.workbench().snapshot()->signs() != nullptr);  // what came in is classified
    window.control().close(true);
}

/// Who cancels the search for local networks gets no other job in its place; the records are there, and the networks
/// can still be named.
void TstScenarioS7::cancelledSearchStaysCancelled() {
    ui::MainWindow window;
    window.show();
    auto& jobs = window.workbench().jobs();
    const auto searching = [&] {
        return std::any_of(jobs.jobs().begin(), jobs.jobs().end(), [](const ui::JobInfo& job) {
            return job.name == QLatin1String("Find local networks") && job.state == ui::JobState::running;
        });
    };
    bool cancelled = false;
    connect(&jobs, &ui::JobList::changed, &window, [&] {
        if (cancelled || !searching()) return;
        cancelled = true;
        jobs.cancelAll();
    });
    window.openFiles({trace_});
    QVERIFY(QTest::qWaitFor([&] { return cancelled; }, 60'000));
    QVERIFY(test::waitIdle(window));
    QVERIFY(window.workbench().snapshot()->records != nullptr);
    QVERIFY(window.workbench().snapshot()->flows == nullptr);
    QVERIFY(window.findChild<ui::LocalNetworksDialog*>() == nullptr);
    window.control().close(true);
}

WEIR_UI_TEST_MAIN(TstScenarioS7)
#include "tst_scenario_s7.moc"
