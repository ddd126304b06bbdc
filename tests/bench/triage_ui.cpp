// Opens a project in the real window's Triage and prints, as JSON, when the code combinations stood on the screen, how
// long the window was away at most, and how long changed points took until the table was ranked, and until it was
// painted as well (medians).
#include "core/base/freed_memory.h"
#include "core/session/project/project.h"
#include "ui/shell/dock_host.h"
#include "ui/shell/main_window.h"
#include "ui/state/workbench.h"
#include "ui/theme.h"
#include "ui/views/code_combination_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
    return values[values.size() / 2];
}

void editPoints(weir::ui::MainWindow& window, weir::ui::CodeCombinationView& codes) {
    auto& board = window.workbench().scores();
    std::vector<double> ranked, painted;
    for (int n = 0; n < 101; ++n) {
        QElapsedTimer clock;
        clock.start();
        board.setPoints(std::size_t(n) % board.profile().tests.size(), 5 + n);
        ranked.push_back(double(clock.nsecsElapsed()) / 1e6);
        codes.table().viewport()->repaint();
        painted.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    std::printf("{\"stage\": \"weight edit\", \"ms\": %.3f, \"painted_ms\": %.3f, \"combinations\": %zu}\n",
                median(ranked), median(painted), board.ranking().size());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: triage_ui PROJECT\n");
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
    auto* codes = window.findChild<weir::ui::CodeCombinationView*>();
    auto& bench = window.workbench();
    QObject::connect(
        &bench, &weir::ui::Workbench::projectChanged, &window,
        [&window] { window.docks().show(QStringLiteral("triage")); }, Qt::QueuedConnection);

    QElapsedTimer clock;
    clock.start();
    window.openFiles({QString::fromLocal8Bit(argv[1])});
    double shown = -1, worst = 0;
    for (double last = 0; clock.elapsed() < 60'000 && shown < 0;) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        const double now = double(clock.nsecsElapsed()) / 1e6;
        worst = std::max(worst, now - last - 5);
        last = now;
        if (bench.scores().tally().scored == 0 || !codes->table().isVisible() || codes->combinations().rowCount() == 0)
            continue;
        window.repaint();
        shown = double(clock.nsecsElapsed()) / 1e9;
    }
    std::printf("{\"stage\": \"scores on screen\", \"seconds\": %.3f, \"scored\": %llu, \"worst_stall_ms\": %.1f}\n",
                shown, static_cast<unsigned long long>(bench.scores().tally().scored), worst);
    if (shown < 0) return 1;
    editPoints(window, *codes);
    return 0;
}
