// Recently opened projects and captures, in the user settings, newest first.
#pragma once

#include <QString>
#include <QStringList>

namespace weir::ui {

QStringList recentFiles();  ///< only files that still exist
/// Puts a file at the top of the list.
void addRecent(const QString& path);

}  // namespace weir::ui
