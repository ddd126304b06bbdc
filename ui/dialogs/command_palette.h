// Finds any action by typing parts of its name.
#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace weir::ui {

class Actions;

/// Deletes itself when it is closed; Enter triggers the selected action.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    CommandPalette(Actions& actions, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill(const QString& text);
    void run();
    Actions& actions_;
    QLineEdit* field_;
    QListWidget* list_;
};

}  // namespace weir::ui
