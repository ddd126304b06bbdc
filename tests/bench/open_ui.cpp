// Opens a project in the real window and prints, as JSON, when rows and conflict numbers stood on the screen and how long the window was away at most.
#include "core/session/project.h"
#include "ui/main_window.h"
#include "ui/rule_draft.h"
#include "ui/theme.h"
#include "ui/workbench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: open_ui PROJECT\n");
        return 2;
    }
    const QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"}) qputenv(name, home.path().toUtf8());
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
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        const double now = double(clock.nsecsElapsed()) / 1e6;
        worst = std::max(worst, now - last - 5);
        last = now;
        const auto& bench = window.workbench();
        if (usable < 0 && bench.selection() && bench.snapshot() && bench.snapshot()->records) {
            window.repaint();
            usable = double(clock.nsecsElapsed()) / 1e9;
            rows = bench.selection()->total;
        }
        if (bench.snapshot() && bench.snapshot()->signs[0]) derived = double(clock.nsecsElapsed()) / 1e9;
    }
    std::printf("{\"stage\": \"open window\", \"seconds\": %.3f, \"items\": %llu, \"flows_and_signs_seconds\": %.3f, \"worst_stall_ms\": %.1f}\n", usable, rows,
                derived, worst);
    return usable < 0 ? 1 : 0;
}
