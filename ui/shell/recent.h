// Projects and captures opened last, in the user settings, newest first.
#pragma once

#include <QString>
#include <QStringList>

namespace weir::ui {

QStringList recentFiles();  ///< only those that still exist
void addRecent(const QString& path);

}  // namespace weir::ui
