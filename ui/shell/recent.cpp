// See recent.h.
#include "ui/shell/recent.h"

#include <QFileInfo>
#include <QSettings>

namespace weir::ui {
namespace {

constexpr qsizetype kKept = 10;
const QString kRecentKey = QStringLiteral("recent");

}  // namespace

QStringList recentFiles() {
    QStringList files = QSettings().value(kRecentKey).toStringList();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

void addRecent(const QString& path) {
    const QString full = QFileInfo(path).absoluteFilePath();
    QStringList files = QSettings().value(kRecentKey).toStringList();
    files.removeAll(full);
    files.prepend(full);
    QSettings().setValue(kRecentKey, files.mid(0, kKept));
}

}  // namespace weir::ui
