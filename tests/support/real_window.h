// A window as a person meets it: keys and pointer come through the X server, the frame is the window manager's.
// For tests whose main is WEIR_REAL_WINDOW_TEST_MAIN; needs xdotool. What became of the frame: real_frame.h.
#pragma once

#include "tests/support/real_screen.h"
#include "tests/support/window_driver.h"

#include <QEventLoop>
#include <QKeyEvent>
#include <QProcess>
#include <QTimer>

namespace weir::test {

/// Sees the key that follows whatever was sent: a right Ctrl, which nothing else presses.
class SentinelKey : public QObject {
public:
    SentinelKey() { qApp->installEventFilter(this); }
    bool seen() const { return seen_; }

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        constexpr quint32 kControlRight = 0xffe4;
        if (event->type() == QEvent::KeyRelease && static_cast<QKeyEvent*>(event)->nativeVirtualKey() == kControlRight)
            seen_ = true;
        return false;
    }

private:
    bool seen_ = false;
};

/// Runs xdotool with these words; true once the program has handled all events of it. The event loop runs meanwhile.
/// False: xdotool failed, or no window of the program had the focus.
inline bool xdotool(QStringList words, int ms = 20'000) {
    SentinelKey sentinel;
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    process.start(QStringLiteral("xdotool"), words << QStringLiteral("key") << QStringLiteral("Control_R"));
    while (clock.elapsed() < ms && !(sentinel.seen() && process.state() == QProcess::NotRunning)) {
        QEventLoop turn;
        QTimer::singleShot(5, &turn, &QEventLoop::quit);
        turn.exec();
    }
    return sentinel.seen() && process.state() == QProcess::NotRunning && process.exitCode() == 0;
}

/// Keys as xdotool names them: "ctrl+1", "Down", "Return".
inline bool press(const QStringList& keys) {
    return xdotool(QStringList{QStringLiteral("key"), QStringLiteral("--delay"), QStringLiteral("2")} + keys);
}
inline bool press(const char* key) { return press(QStringList{QString::fromLatin1(key)}); }

/// Types a text key by key with so many milliseconds between them.
inline bool type(const QString& text, int delayMs = 2, int ms = 20'000) {
    const QString delay = QString::number(delayMs);
    return xdotool(
        {QStringLiteral("type"), QStringLiteral("--delay"), delay, QStringLiteral("--args"), QStringLiteral("1"), text},
        ms);
}

/// Clicks on the screen; button 1 is the left one.
inline bool clickAt(const QPoint& at, int button = 1, int times = 1) {
    const QString x = QString::number(at.x()), y = QString::number(at.y());
    return xdotool({QStringLiteral("mousemove"), x, y, QStringLiteral("click"), QStringLiteral("--repeat"),
                    QString::number(times), QStringLiteral("--delay"), QStringLiteral("40"), QString::number(button)});
}
inline bool click(const QWidget& widget, int button = 1, int times = 1) {
    return clickAt(widget.mapToGlobal(widget.rect().center()), button, times);
}

/// Drags with the left button.
inline bool drag(const QPoint& from, const QPoint& to) {
    const auto move = [](const QPoint& at) {
        return QStringList{QStringLiteral("mousemove"), QString::number(at.x()), QString::number(at.y())};
    };
    const QStringList pause{QStringLiteral("sleep"), QStringLiteral("0.05")};
    return xdotool(move(from) + QStringList{QStringLiteral("mousedown"), QStringLiteral("1")} + pause +
                   move((from + to) / 2) + pause + move(to) + pause +
                   QStringList{QStringLiteral("mouseup"), QStringLiteral("1")});
}

/// Shows the window and waits until it has the keyboard.
inline bool showActive(QWidget& window) {
    window.show();
    return QTest::qWaitForWindowActive(&window, 20'000);
}

}  // namespace weir::test

/// main() of a test with real windows: every test function runs at 1280 x 800 and at 1440 x 900 (see QScreen::size).
#define WEIR_REAL_WINDOW_TEST_MAIN(TestClass)                                                           \
    int main(int argc, char** argv) {                                                                   \
        if (!weir::test::isOnScreen()) return weir::test::runOnScreens(argv, {"1280x800", "1440x900"}); \
        weir::test::UiSandbox sandbox;                                                                  \
        QApplication app(argc, argv);                                                                   \
        weir::ui::setUpLook(app, weir::ui::Scheme::light);                                              \
        TestClass test(sandbox);                                                                        \
        return QTest::qExec(&test, argc, argv);                                                         \
    }
