// Progress, cancel and work shared by threads; results as values.
#include "core/base/job.h"
#include "core/base/parallel.h"
#include "core/base/result.h"

#include <QTest>

#include <atomic>
#include <stdexcept>
#include <vector>

using namespace weir;

class TstJobs : public QObject {
    Q_OBJECT
private slots:
    void everyItemOnce_data();
    void everyItemOnce();
    void stopsEarly();
    void exceptionsComeBack();
    void errorsComeBack();
    void progressIsThrottled();
    void cancel();
    void results();
};

void TstJobs::everyItemOnce_data() {
    QTest::addColumn<unsigned>("threads");
    QTest::addColumn<int>("items");
    for (const unsigned threads : {1u, 2u, 7u})
        for (const int items : {0, 1, 3, 1000})
            QTest::addRow("%u threads, %d items", threads, items) << threads << items;
}
void TstJobs::everyItemOnce() {
    QFETCH(unsigned, threads);
    QFETCH(int, items);
    std::vector<std::atomic<int>> seen(static_cast<std::size_t>(items));
    std::atomic<bool> badWorker{false};
    QVERIFY(parallelFor(seen.size(), threads, [&](std::size_t item, unsigned worker) {
        ++seen[item];
        if (worker >= threads) badWorker = true;
        return true;
    }));
    for (const auto& n : seen) QCOMPARE(n.load(), 1);
    QVERIFY(!badWorker);
}

void TstJobs::stopsEarly() {
    std::atomic<int> ran{0};
    QVERIFY(!parallelFor(100'000, 2, [&](std::size_t item, unsigned) {
        ++ran;
        return item != 10;
    }));
    QVERIFY(ran < 100'000);
}

void TstJobs::exceptionsComeBack() {
    QVERIFY_EXCEPTION_THROWN(parallelFor(100, 3,
                                         [](std::size_t item, unsigned) -> bool {
                                             if (item == 50) throw std::runtime_error("x");
                                             return true;
                                         }),
                             std::runtime_error);
}

void TstJobs::errorsComeBack() {
    std::atomic<int> ran{0};
    const Status failed = parallelTry(100'000, 2, [&](std::size_t item, unsigned) -> Status {
        ++ran;
        if (item == 10) return Error{Errc::store, "ten", 10};
        return ok();
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, Errc::store);
    QCOMPARE(failed.error().offset, 10u);
    QVERIFY(ran < 100'000);
    ran = 0;
    QVERIFY(bool(parallelTry(1000, 3, [&](std::size_t, unsigned) -> Status { return ++ran, ok(); })));
    QCOMPARE(ran.load(), 1000);
}

void TstJobs::progressIsThrottled() {
    int calls = 0;
    JobContext job(
        {}, [&](const Progress&) { ++calls; }, 1);
    for (std::uint64_t i = 0; i < 1'000'000; ++i) QVERIFY(job.step(i, 1'000'000, "stage"));
    QCOMPARE(calls, 1000);
    QVERIFY(job.step(999'999, 1'000'000, "other stage"));
    QCOMPARE(calls, 1001);
}

void TstJobs::cancel() {
    std::stop_source stop;
    JobContext job(stop.get_token(), {}, 0);
    QVERIFY(job.threads() >= 1 && !job.cancelled() && job.step(0, 1, "x"));
    stop.request_stop();
    QVERIFY(job.cancelled() && !job.step(1, 1, "x"));
    QVERIFY(cancelledError().code == Errc::cancelled);
}

void TstJobs::results() {
    Result<std::string> good(std::string("v"));
    QVERIFY(good && *good == "v" && good->size() == 1);
    const Result<std::string> bad(Error{Errc::io, "no", 3});
    QVERIFY(!bad && bad.error().offset == 3);
    QVERIFY(ok());
}

QTEST_APPLESS_MAIN(TstJobs)
#include "tst_jobs.moc"
