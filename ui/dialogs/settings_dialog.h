// All settings of a project in one searchable table built from session::settingTable(): value, unit, default source,
// what it invalidates, help.
#pragma once

#ifndef Q_MOC_RUN  // moc 6.4 cannot parse <concepts>, which comes with <compare>
#include "core/session/project/settings.h"
#endif

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace weir::ui {

/// Read settings() after accepted(). Invalid input leaves the setting unchanged.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(const session::Settings& settings, QWidget* parent);
    const session::Settings& settings() const { return settings_; }

private:
    void fill();
    void edited(QTreeWidgetItem* item);
    void search(const QString& text);
    void showHelp(QTreeWidgetItem* item);
    void showConsequences();
    void reset();

    session::Settings before_, settings_;
    QLineEdit* search_;
    QTreeWidget* table_;
    QLabel* help_;
    QLabel* consequences_;
    QPushButton* apply_;
};

}  // namespace weir::ui
