// Locks between programs: who edits, who writes in turn, which sources are claimed; and that they end with their
// holder.
#include "core/store/project_lock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <csignal>
#include <thread>

using namespace weir;
using namespace weir::store;
using namespace std::chrono_literals;

class TestProjectLock : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> dir_;
    std::string path() const { return dir_->filePath(QStringLiteral("p.weir")).toStdString(); }
private slots:
    void init() { dir_ = std::make_unique<QTemporaryDir>(); }

    void onlyOneEdits() {
        auto first = *ProjectLock::open(path());
        const auto second = *ProjectLock::open(path());
        QCOMPARE(first->takeEditing(), std::string());
        const std::string holder = second->takeEditing();
        QVERIFY2(holder.find("process " + std::to_string(::getpid())) != std::string::npos, holder.c_str());
        QVERIFY2(holder.find("since 20") != std::string::npos, holder.c_str());
        first.reset();
        QCOMPARE(second->takeEditing(), std::string());
    }

    void writersTakeTurns() {
        const auto first = *ProjectLock::open(path()), second = *ProjectLock::open(path());
        {
            const auto turn = ProjectLock::takeTurn(first, 0ms);
            QVERIFY(bool(turn));
            const auto late = ProjectLock::takeTurn(second, 30ms);
            QVERIFY(!late);
            QCOMPARE(int(late.error().code), int(Errc::busy));
            QVERIFY2(late.error().detail.find("process " + std::to_string(::getpid())) != std::string::npos,
                     late.error().detail.c_str());
        }
        QVERIFY(bool(ProjectLock::takeTurn(second, 0ms)));
    }

    /// A writer of many transactions, with hardly a pause between them, does not keep others waiting.
    void nobodyStarves() {
        std::atomic<bool> stop{false};
        std::atomic<int> turns{0};
        std::thread busy([&] {
            const auto lock = *ProjectLock::open(path());
            while (!stop) {
                const auto turn = ProjectLock::takeTurn(lock, 10s);
                if (turn) ++turns;
                std::this_thread::sleep_for(3ms);
            }
        });
        const auto lock = *ProjectLock::open(path());
        while (turns == 0) std::this_thread::yield();
        int got = 0;
        for (int i = 0; i < 20; ++i) got += bool(ProjectLock::takeTurn(lock, 10s));
        stop = true;
        busy.join();
        QCOMPARE(got, 20);
    }

    void claimedSourcesBelongToTheirProcess() {
        auto first = *ProjectLock::open(path());
        const auto second = *ProjectLock::open(path());
        QVERIFY(bool(first->claim(7)));
        QVERIFY(second->isClaimed(7) && !second->isClaimed(8));
        QVERIFY(!second->claim(7));
        first->release(7);
        QVERIFY(!second->isClaimed(7));
        QVERIFY(bool(first->claim(7)));
        first.reset();
        QVERIFY(!second->isClaimed(7));
    }

    void theLastOneRemovesTheFile() {
        const QString file = QString::fromStdString(path() + ".lock");
        auto first = *ProjectLock::open(path());
        {
            const auto second = *ProjectLock::open(path());
            QVERIFY(QFile::exists(file));
        }
        QVERIFY2(QFile::exists(file), "somebody has it open");
        first.reset();
        QVERIFY(!QFile::exists(file));
    }

    /// Whatever a killed process held is free, and the file that it left is used again.
    void locksEndWithTheProcess() {
        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto lock = *ProjectLock::open(path());
            const auto turn = ProjectLock::takeTurn(lock, 0ms);
            const char held = turn && lock->takeEditing().empty() && lock->claim(1) ? 'y' : 'n';
            (void)!::write(pipe[1], &held, 1);
            ::pause();
            ::_exit(0);
        }
        char held = 0;
        QCOMPARE(::read(pipe[0], &held, 1), ssize_t(1));
        QCOMPARE(held, 'y');
        {
            const auto lock = *ProjectLock::open(path());
            QVERIFY(!ProjectLock::takeTurn(lock, 0ms));
            QVERIFY(lock->takeEditing().find("process " + std::to_string(child)) != std::string::npos);
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        {
            const auto lock = *ProjectLock::open(path());
            QVERIFY(bool(ProjectLock::takeTurn(lock, 0ms)));
            QCOMPARE(lock->takeEditing(), std::string());
            QVERIFY(!lock->isClaimed(1));
        }
        QVERIFY(QDir(dir_->path()).entryList(QDir::Files).isEmpty());
        ::close(pipe[0]);
        ::close(pipe[1]);
    }
};

QTEST_APPLESS_MAIN(TestProjectLock)
#include "tst_project_lock.moc"
