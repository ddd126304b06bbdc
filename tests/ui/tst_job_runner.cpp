// JobRunner: newest wins, cancel, exceptions as values, busy state, progress with rate and time left.
#include "ui/jobs/job_runner.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace weir;
using namespace weir::ui;

class TstJobRunner : public QObject {
    Q_OBJECT
private slots:
    void resultArrivesOnTheGuiThread();
    void newestWins();
    void cancelReportsBackOnceAndClearsBusy();
    void exceptionBecomesAnError();
    void lanesAreIndependent();
    void progressHasRateAndTimeLeft();
    void quietJobsAreNotListed();
    void destroyedWhileRunning();
};

namespace {

Result<int> waitForStop(JobContext& job) {
    while (!job.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return cancelledError();
}

}  // namespace

void TstJobRunner::resultArrivesOnTheGuiThread() {
    JobList list;
    JobRunner lane(list);
    int got = 0;
    std::thread::id worker, gui;
    lane.start(
        QStringLiteral("answer"),
        [&](JobContext&) -> Result<int> {
            worker = std::this_thread::get_id();
            return 42;
        },
        [&](Result<int> r) {
            gui = std::this_thread::get_id();
            got = *r;
        });
    QVERIFY(lane.busy());
    QTRY_COMPARE(got, 42);
    QVERIFY(worker != std::this_thread::get_id());
    QVERIFY(gui == std::this_thread::get_id());
    QVERIFY(!lane.busy());
    QCOMPARE(list.jobs().back().state, JobState::done);
}

void TstJobRunner::newestWins() {
    JobList list;
    JobRunner lane(list);
    std::vector<int> got;
    for (int i = 0; i < 20; ++i)
        lane.start(
            QStringLiteral("job"), [i](JobContext&) -> Result<int> { return i; },
            [&got](Result<int> r) { got.push_back(*r); });
    QTRY_VERIFY(!lane.busy());
    QTest::qWait(30);
    QCOMPARE(got, std::vector<int>{19});
    QTRY_COMPARE(list.running(), 0);
}

void TstJobRunner::cancelReportsBackOnceAndClearsBusy() {
    JobList list;
    JobRunner lane(list);
    QSignalSpy busy(&lane, &JobRunner::busyChanged);
    int calls = 0;
    Errc code{};
    lane.start(QStringLiteral("long"), &waitForStop, [&](Result<int> r) {
        ++calls;
        code = r.error().code;
    });
    QTest::qWait(20);
    QCOMPARE(calls, 0);
    list.cancelAll();
    QTRY_COMPARE(calls, 1);
    QCOMPARE(code, Errc::cancelled);
    QVERIFY(!lane.busy());
    QCOMPARE(busy.count(), 2);
    QCOMPARE(list.jobs().back().state, JobState::cancelled);
}

void TstJobRunner::exceptionBecomesAnError() {
    JobList list;
    JobRunner lane(list);
    QString why;
    lane.start(
        QStringLiteral("throws"), [](JobContext&) -> Result<int> { throw std::runtime_error("out of luck"); },
        [&](Result<int> r) { why = QString::fromStdString(r.error().detail); });
    QTRY_VERIFY(why.contains(QStringLiteral("out of luck")));
    QVERIFY(!lane.busy());
    QCOMPARE(list.jobs().back().state, JobState::failed);
    QCOMPARE(list.jobs().back().outcome, why);
}

void TstJobRunner::lanesAreIndependent() {
    JobList list;
    JobRunner slow(list), quick(list);
    bool slowDone = false, quickDone = false;
    slow.start(QStringLiteral("slow"), &waitForStop, [&](Result<int>) { slowDone = true; });
    quick.start(
        QStringLiteral("quick"), [](JobContext&) -> Result<int> { return 1; }, [&](Result<int>) { quickDone = true; });
    QTRY_VERIFY(quickDone);
    QVERIFY(slow.busy());
    QVERIFY(!slowDone);
    slow.cancel();
    QTRY_VERIFY(slowDone);
}

void TstJobRunner::progressHasRateAndTimeLeft() {
    JobList list;
    JobRunner lane(list);
    lane.start(
        QStringLiteral("counts"),
        [](JobContext& job) -> Result<int> {
            for (std::uint64_t i = 0; i < 1000; ++i) {
                if (!job.step(i * 1000, 1'000'000, "counting", "packets")) return cancelledError();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return 1;
        },
        [](Result<int>) {});
    QTRY_VERIFY(!list.jobs().empty() && list.jobs().back().permille() > 400);
    const JobInfo job = list.jobs().back();
    QCOMPARE(job.stage, QStringLiteral("counting"));
    QCOMPARE(job.unit, QStringLiteral("packets"));
    QVERIFY(job.rate > 1000);
    QVERIFY(job.secondsLeft > 0 && job.secondsLeft < 60);
    lane.cancel();
    QTRY_VERIFY(!lane.busy());
}

void TstJobRunner::quietJobsAreNotListed() {
    JobList list;
    JobRunner lane(list);
    bool done = false;
    lane.start(
        QStringLiteral("quiet"), [](JobContext&) -> Result<int> { return 1; }, [&](Result<int>) { done = true; },
        false);
    QTRY_VERIFY(done);
    QVERIFY(list.jobs().empty());
}

void TstJobRunner::destroyedWhileRunning() {
    JobList list;
    std::atomic<bool> stopped = false;
    bool told = false;
    {
        JobRunner lane(list);
        lane.start(
            QStringLiteral("long"),
            [&](JobContext& job) -> Result<int> {
                auto r = waitForStop(job);
                stopped = true;
                return r;
            },
            [&](Result<int>) { told = true; });
        QTest::qWait(10);
    }
    QVERIFY(stopped);
    QTest::qWait(20);
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(TstJobRunner)
#include "tst_job_runner.moc"
