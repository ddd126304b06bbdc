// What Help opens: the manual, the table of keys, and about.
#pragma once

class QWidget;

namespace weir::ui {

class Actions;

/// One window, brought to the front when it is open already. `page` = file name below :/manual without suffix.
void showManual(QWidget* parent, const char* page = "index");
void showKeys(const Actions& actions, QWidget* parent);
void showAbout(QWidget* parent);

}  // namespace weir::ui
