// Windows of the Help menu: manual, table of keys, about.
#pragma once

class QWidget;

namespace weir::ui {

class Actions;

/// Opens the manual, or brings its window to the front. `page` = file in :/manual without suffix.
void showManual(QWidget* parent, const char* page = "index");
/// Opens the table of all keyboard shortcuts.
void showKeys(const Actions& actions, QWidget* parent);
/// Opens version, licence and diagnostics.
void showAbout(QWidget* parent);

}  // namespace weir::ui
