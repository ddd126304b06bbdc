// Where a real window is and whether it is maximized, by the X server and the window manager; needs xwininfo.
#pragma once

#include "tests/support/real_window.h"

#include <QRegularExpression>

namespace weir::test {

/// A window as the X server has it, not as Qt believes it to be.
struct Frame {
    QRect client;  ///< screen pixels, without the window manager's border
    QRect outer;   ///< with it
    bool maximized = false;
    bool operator==(const Frame&) const = default;
};

inline QByteArray printable(const Frame& f) {
    return QStringLiteral("%1x%2+%3+%4%5")
        .arg(f.outer.width())
        .arg(f.outer.height())
        .arg(f.outer.x())
        .arg(f.outer.y())
        .arg(f.maximized ? QStringLiteral(" maximized") : QString())
        .toUtf8();
}

inline QString outputOf(const QString& program, const QStringList& words) {
    QProcess process;
    process.start(program, words);
    process.waitForFinished(5'000);
    return QString::fromLocal8Bit(process.readAllStandardOutput());
}

/// Costs a process, about 5 ms.
inline Frame frameOf(const QWidget& window) {
    const QString id = QString::number(window.winId());
    const QString info = outputOf(QStringLiteral("xwininfo"),
                                  {QStringLiteral("-stats"), QStringLiteral("-wm"), QStringLiteral("-id"), id});
    const auto number = [&](const char* pattern, int part = 1) {
        return QRegularExpression(QString::fromLatin1(pattern)).match(info).captured(part).toInt();
    };
    const char* const extents = "Frame extents: (\\d+), (\\d+), (\\d+), (\\d+)";  // left, right, top, bottom
    Frame f;
    f.client = QRect(number("Absolute upper-left X: +(-?\\d+)"), number("Absolute upper-left Y: +(-?\\d+)"),
                     number("Width: (\\d+)"), number("Height: (\\d+)"));
    f.outer = f.client.adjusted(-number(extents, 1), -number(extents, 3), number(extents, 2), number(extents, 4));
    f.maximized = info.contains(QStringLiteral("Maximized Vert")) && info.contains(QStringLiteral("Maximized Horz"));
    return f;
}

/// The frame once it has been the same for 90 ms.
inline Frame settledFrame(const QWidget& window) {
    Frame last = frameOf(window);
    for (int same = 0, tries = 0; same < 3 && tries < 80; ++tries) {
        QTest::qWait(30);
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

}  // namespace weir::test
