// Opens a project in the real window and prints, as JSON, when rows and conflict numbers stood on the screen and how
// long the window was away at most; with a filter also how long after Enter the flow list and the timeline showed what
// passes it.
#include "core/base/freed_memory.h"
#include "core/session/project/project.h"
#include "ui/charts/timeline_chart.h"
#include "ui/shell/main_window.h"
#include "ui/state/rule_draft.h"
#include "ui/state/workbench.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>
#include <numeric>

namespace {

/// As a window does: what there is to do, then sleep. A loop that asked again at once would keep one of two processors
/// from the work that it waits for.
void handleEvents() {
    QCoreApplication::processEvents();
    QThread::usleep(500);
}

/// Seconds until both show it, repaint included; -1 = not within a minute.
double applyFilter(weir::ui::MainWindow& window, const QString& text) {
    auto& bench = window.workbench();
    const auto* const chart = window.findChild<weir::ui::TimelineChart*>(QStringLiteral("timelineChart"));
    QElapsedTimer clock;
    clock.start();
    bench.filter().set(text);
    while (clock.elapsed() < 60'000) {
        handleEvents();
        const auto& shown = bench.selection();
        if (!shown || QString::fromStdString(shown->query.filter) != text) continue;
        const auto& totals = chart->timeline().totals;
        if (std::accumulate(totals.begin(), totals.end(), std::uint64_t{0}) != shown->count) continue;
        window.repaint();
        QCoreApplication::processEvents();
        return double(clock.nsecsElapsed()) / 1e9;
    }
    return -1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        std::fprintf(stderr, "usage: open_ui PROJECT [FILTER]\n");
        return 2;
    }
    weir::keepFreedMemory();
    const QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"})
        qputenv(name, home.path().toUtf8());
    QApplication app(argc, argv);
    weir::ui::setUpLook(app, weir::ui::Scheme::light);
    weir::ui::MainWindow window;
    window.resize(1440, 900);
    window.show();
    QCoreApplication::processEvents();

    QElapsedTimer clock;
    clock.start();
    window.openFiles({QString::fromLocal8Bit(argv[1])});
    double usable = -1, derived = -1, worst = 0;
    unsigned long long rows = 0;
    for (double last = 0; clock.elapsed() < 60'000 && derived < 0;) {
        handleEvents();
        const double now = double(clock.nsecsElapsed()) / 1e6;
        worst = std::max(worst, now - last - 0.5);
        last = now;
        const auto& bench = window.workbench();
        if (usable < 0 && bench.selection() && bench.snapshot() && bench.snapshot()->records) {
            window.repaint();
            usable = double(clock.nsecsElapsed()) / 1e9;
            rows = bench.selection()->total;
        }
        if (bench.snapshot() && bench.snapshot()->signs()) derived = double(clock.nsecsElapsed()) / 1e9;
    }
    std::printf(
        "{\"stage\": \"open window\", \"seconds\": %.3f, \"items\": %llu, \"flows_and_signs_seconds\": %.3f, "
        "\"worst_stall_ms\": %.1f}\n",
        usable, rows, derived, worst);
    if (usable < 0) return 1;
    if (argc == 2) return 0;
    for (const QString& text :
         {QString::fromLocal8Bit(argv[2]), QStringLiteral("proto udp"), QString::fromLocal8Bit(argv[2])}) {
        const double seconds = applyFilter(window, text);
        std::printf("{\"stage\": \"filter in the window\", \"seconds\": %.3f, \"items\": %llu, \"results\": %llu}\n",
                    seconds, rows, static_cast<unsigned long long>(window.workbench().selection()->count));
    }
    return 0;
}
