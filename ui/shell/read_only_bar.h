// Shows that the project is read-only and why, and offers to save or open a copy.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace weir::ui {

class Workbench;

/// One row under the filter; hidden for a writable project. Both buttons trigger actions of the File menu.
class ReadOnlyBar final : public QWidget {
    Q_OBJECT
public:
    ReadOnlyBar(Workbench& workbench, QWidget* parent);
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    Workbench& workbench_;
    QLabel* label_;
    QPushButton* copy_;
};

}  // namespace weir::ui
