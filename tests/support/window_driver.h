// Drives the real window in tests: own settings and cache, waiting for jobs, answering the one question, pictures for
// people.
#pragma once

#include "ui/actions.h"
#include "ui/dialogs/local_networks_dialog.h"
#include "ui/jobs/job_list.h"
#include "ui/jobs/project_control.h"
#include "ui/shell/dock_host.h"
#include "ui/shell/main_window.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/place_keeper.h"
#include "ui/state/workbench.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <memory>

namespace weir::test {

/// Settings, cache and home of one test program; nothing of the user is read or written.
class UiSandbox {
public:
    UiSandbox() {
        const QByteArray home = dir_.path().toUtf8();
        qputenv("HOME", home);
        qputenv("XDG_CONFIG_HOME", home + "/config");
        qputenv("XDG_CACHE_HOME", home + "/cache");
        qputenv("XDG_DATA_HOME", home + "/data");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, dir_.path() + QStringLiteral("/config"));
        QCoreApplication::setOrganizationName(QStringLiteral("weir-test"));
        QCoreApplication::setApplicationName(QStringLiteral("weir-test"));
    }
    QString path(const QString& name) const { return dir_.filePath(name); }

private:
    QTemporaryDir dir_;
};

/// Nothing runs and nothing is about to: two looks, so that a job that starts another is seen.
inline bool idle(ui::MainWindow& window) {
    return window.workbench().jobs().running() == 0 && !window.control().busy();
}

inline bool waitIdle(ui::MainWindow& window, int ms = 120'000) {
    QElapsedTimer clock;
    clock.start();
    int quiet = 0;
    while (clock.elapsed() < ms && quiet < 3) {
        QTest::qWait(60);
        quiet = idle(window) ? quiet + 1 : 0;
    }
    return quiet >= 3;
}

/// Answers the question for the local networks with what is suggested. False: it was not asked within the time.
inline bool acceptLocal(ui::MainWindow& window, int ms = 60'000) {
    ui::LocalNetworksDialog* dialog = nullptr;
    const bool asked = QTest::qWaitFor(
        [&] { return (dialog = window.findChild<ui::LocalNetworksDialog*>()) != nullptr && dialog->isVisible(); }, ms);
    if (asked) dialog->accept();
    return asked;
}

inline void trigger(ui::MainWindow& window, std::string_view action) {
    window.workbench().actions().get(action)->trigger();
}

/// A window of 1440 x 900 on the analysed sample, in that perspective; nullptr when it did not get there.
inline std::unique_ptr<ui::MainWindow> openSample(const QString& perspective) {
    auto window = std::make_unique<ui::MainWindow>();
    window->resize(1440, 900);
    window->show();
    if (!QTest::qWaitForWindowExposed(window.get())) return nullptr;
    trigger(*window, "file.openSample");
    if (!waitIdle(*window)) return nullptr;
    window->docks().show(perspective);
    return window;
}

/// Writes a picture when WEIR_SHOTS names a folder.
inline void shot(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("WEIR_SHOTS");
    if (folder.isEmpty()) return;
    QDir().mkpath(folder);
    QCoreApplication::processEvents();
    widget.grab().save(folder + u'/' + name + QStringLiteral(".png"));
}

/// Longest time the event loop was away while it lives.
class StallWatch : public QObject {
public:
    StallWatch() {
        clock_.start();
        startTimer(2, Qt::PreciseTimer);
    }
    double worstMs() const { return worst_; }
    /// The longest in processor time of this thread: what the pause is where nothing else runs.
    double worstWorkMs() const { return worstWork_; }

protected:
    void timerEvent(QTimerEvent*) override {
        const double now = double(clock_.nsecsElapsed()) / 1e6;
        const double work = workedMs();
        if (last_ >= 0) {
            worst_ = std::max(worst_, now - last_ - 2);
            worstWork_ = std::max(worstWork_, work - lastWork_);
        }
        last_ = now;
        lastWork_ = work;
    }

private:
    static double workedMs() {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return double(t.tv_sec) * 1e3 + double(t.tv_nsec) / 1e6;
    }
    QElapsedTimer clock_;
    double last_ = -1, worst_ = 0, lastWork_ = 0, worstWork_ = 0;
};

}  // namespace weir::test

/// main() of a window test.
#define WEIR_UI_TEST_MAIN(TestClass)                       \
    int main(int argc, char** argv) {                      \
        weir::test::UiSandbox sandbox;                     \
        QApplication app(argc, argv);                      \
        weir::ui::setUpLook(app, weir::ui::Scheme::light); \
        TestClass test(sandbox);                           \
        return QTest::qExec(&test, argc, argv);            \
    }
