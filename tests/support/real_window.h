// A window as a person meets it: keys and pointer come through the X server, the frame is the window manager's.
// For tests whose main is WEIR_REAL_WINDOW_TEST_MAIN; needs xdotool, xprop and xwininfo.
#pragma once

#include "tests/support/real_screen.h"
#include "tests/support/window_driver.h"

#include <QEventLoop>
#include <QKeyEvent>
#include <QProcess>
#include <QRegularExpression>
#include <QScreen>
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
        if (event->type() == QEvent::KeyRelease && static_cast<QKeyEvent*>(event)->nativeVirtualKey() == kControlRight) seen_ = true;
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
inline bool press(const QStringList& keys) { return xdotool(QStringList{QStringLiteral("key"), QStringLiteral("--delay"), QStringLiteral("2")} + keys); }
inline bool press(const char* key) { return press(QStringList{QString::fromLatin1(key)}); }

/// Types a text key by key with so many milliseconds between them.
inline bool type(const QString& text, int delayMs = 2, int ms = 20'000) {
    return xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QString::number(delayMs), QStringLiteral("--args"), QStringLiteral("1"), text}, ms);
}

/// Clicks on the screen; button 1 is the left one.
inline bool clickAt(const QPoint& at, int button = 1, int times = 1) {
    return xdotool({QStringLiteral("mousemove"), QString::number(at.x()), QString::number(at.y()), QStringLiteral("click"), QStringLiteral("--repeat"),
                    QString::number(times), QStringLiteral("--delay"), QStringLiteral("40"), QString::number(button)});
}
inline bool click(const QWidget& widget, int button = 1, int times = 1) { return clickAt(widget.mapToGlobal(widget.rect().center()), button, times); }

/// Drags with the left button.
inline bool drag(const QPoint& from, const QPoint& to) {
    const auto move = [](const QPoint& at) { return QStringList{QStringLiteral("mousemove"), QString::number(at.x()), QString::number(at.y())}; };
    const QStringList pause{QStringLiteral("sleep"), QStringLiteral("0.05")};
    return xdotool(move(from) + QStringList{QStringLiteral("mousedown"), QStringLiteral("1")} + pause + move((from + to) / 2) + pause + move(to) + pause +
                   QStringList{QStringLiteral("mouseup"), QStringLiteral("1")});
}

/// A window as the X server has it, not as Qt believes it to be.
struct Frame {
    QRect client;   ///< screen pixels, without the window manager's border
    QRect outer;    ///< with it
    bool maximized = false;
    bool operator==(const Frame&) const = default;
};

inline QByteArray printable(const Frame& f) {
    return QStringLiteral("%1x%2+%3+%4%5").arg(f.outer.width()).arg(f.outer.height()).arg(f.outer.x()).arg(f.outer.y())
        .arg(f.maximized ? QStringLiteral(" maximized") : QString()).toUtf8();
}

inline QString outputOf(const QString& program, const QStringList& words) {
    QProcess process;
    process.start(program, words);
    process.waitForFinished(5'000);
    return QString::fromLocal8Bit(process.readAllStandardOutput());
}

/// Costs two processes, about 10 ms.
inline Frame frameOf(const QWidget& window) {
    const QString id = QString::number(window.winId());
    const QString info = outputOf(QStringLiteral("xwininfo"), {QStringLiteral("-id"), id});
    const QString state = outputOf(QStringLiteral("xprop"), {QStringLiteral("-id"), id, QStringLiteral("_NET_FRAME_EXTENTS"), QStringLiteral("_NET_WM_STATE")});
    const auto number = [](const QString& text, const QString& pattern, int part) {
        return QRegularExpression(pattern).match(text).captured(part).toInt();
    };
    Frame f;
    f.client = QRect(number(info, QStringLiteral("Absolute upper-left X: +(-?\\d+)"), 1), number(info, QStringLiteral("Absolute upper-left Y: +(-?\\d+)"), 1),
                     number(info, QStringLiteral("Width: (\\d+)"), 1), number(info, QStringLiteral("Height: (\\d+)"), 1));
    const QString extents = QStringLiteral("_NET_FRAME_EXTENTS.* = (\\d+), (\\d+), (\\d+), (\\d+)");   // left, right, top, bottom
    f.outer = f.client.adjusted(-number(state, extents, 1), -number(state, extents, 3), number(state, extents, 2), number(state, extents, 4));
    f.maximized = state.contains(QStringLiteral("_NET_WM_STATE_MAXIMIZED_HORZ")) && state.contains(QStringLiteral("_NET_WM_STATE_MAXIMIZED_VERT"));
    return f;
}

/// The frame once it has been the same for 120 ms.
inline Frame settledFrame(const QWidget& window) {
    Frame last = frameOf(window);
    for (int same = 0, tries = 0; same < 3 && tries < 40; ++tries) {
        QTest::qWait(40);
        const Frame now = frameOf(window);
        same = now == last ? same + 1 : 0;
        last = now;
    }
    return last;
}

/// Maximizes or restores the window as a person does, by a double click on its title.
inline bool toggleMaximized(const QWidget& window) {
    const Frame before = frameOf(window);
    return clickAt({before.outer.center().x(), (before.outer.top() + before.client.top()) / 2}, 1, 2) &&
           QTest::qWaitFor([&] { return frameOf(window).maximized != before.maximized; }, 10'000);
}

/// Shows the window and waits until it has the keyboard.
inline bool showActive(QWidget& window) {
    window.show();
    return QTest::qWaitForWindowActive(&window, 20'000);
}

}  // namespace weir::test

/// main() of a test with real windows: every test function runs at 1280 x 800 and at 1440 x 900 (see QScreen::size).
#define WEIR_REAL_WINDOW_TEST_MAIN(TestClass)                                                                       \
    int main(int argc, char** argv) {                                                                               \
        if (!weir::test::isOnScreen()) return weir::test::runOnScreens(argv, {"1280x800", "1440x900"});             \
        weir::test::UiSandbox sandbox;                                                                              \
        QApplication app(argc, argv);                                                                               \
        weir::ui::setUpLook(app, weir::ui::Scheme::light);                                                          \
        TestClass test(sandbox);                                                                                    \
        return QTest::qExec(&test, argc, argv);                                                                     \
    }
