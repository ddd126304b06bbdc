// Imports a capture or a folder in the real window, cancels at moments spread over the import, and prints, as JSON, how
// long after the click each stage had ended.
#include "core/base/freed_memory.h"
#include "ui/actions.h"
#include "ui/jobs/job_list.h"
#include "ui/shell/main_window.h"
#include "ui/state/workbench.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

/// Runs the event loop until `done` holds. False: not within a minute.
template <class Done>
bool until(Done done) {
    QElapsedTimer clock;
    clock.start();
    while (!done()) {
        if (clock.elapsed() > 60'000) return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
    }
    return true;
}

/// Milliseconds from the click to the end of the jobs that ran then; whole = the import was done before, and no click
/// was needed; -1 = it did not end.
struct Round {
    double ms = -1;
    bool whole = false;
    QString stage;
};

Round cancelAfter(const QString& capture, int delayMs) {
    weir::ui::MainWindow window;
    window.resize(1440, 900);
    window.show();
    QCoreApplication::processEvents();
    auto& jobs = window.workbench().jobs();
    QElapsedTimer clock;
    clock.start();
    window.openFiles({capture});
    if (!until([&] { return clock.elapsed() >= delayMs; })) return {};
    Round round;
    round.whole = jobs.running() == 0;
    std::vector<quint64> clicked;
    for (const auto& job : jobs.jobs()) {
        if (job.state != weir::ui::JobState::running) continue;
        round.stage = job.name + QStringLiteral(": ") + job.stage;
        clicked.push_back(job.id);
    }
    const auto ended = [&] {
        return std::none_of(jobs.jobs().begin(), jobs.jobs().end(), [&](const weir::ui::JobInfo& job) {
            return job.state == weir::ui::JobState::running &&
                   std::find(clicked.begin(), clicked.end(), job.id) != clicked.end();
        });
    };
    clock.restart();
    window.workbench().actions().get("jobs.cancel")->trigger();
    if (until(ended)) round.ms = double(clock.nsecsElapsed()) / 1e6;
    return round;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: cancel_ui FILE|DIR ROUNDS LAST_MS\n");
        return 2;
    }
    weir::keepFreedMemory();
    const QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"})
        qputenv(name, home.path().toUtf8());
    QApplication app(argc, argv);
    weir::ui::setUpLook(app, weir::ui::Scheme::light);
    const int rounds = std::max(1, std::atoi(argv[2])), last = std::atoi(argv[3]);
    std::vector<double> found;
    for (int i = 1; i <= rounds; ++i) {
        const Round round = cancelAfter(QString::fromLocal8Bit(argv[1]), last * i / rounds);
        std::printf("{\"stage\": \"%s\", \"clicked_after_ms\": %d, \"ended_after_ms\": %.1f}\n",
                    round.whole ? "done before" : qPrintable(round.stage), last * i / rounds, round.ms);
        if (round.ms < 0) return 1;
        if (!round.whole) found.push_back(round.ms);
    }
    if (found.empty()) return 1;
    std::sort(found.begin(), found.end());
    std::printf("{\"stage\": \"cancel\", \"items\": %zu, \"median_ms\": %.1f, \"worst_ms\": %.1f}\n", found.size(),
                found[found.size() / 2], found.back());
    return 0;
}
