// Says that the project is read-only and why, as long as that is so, and offers the ways on.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace weir::ui {

class Workbench;

/// One row under the filter; hidden for a project that can be written. Both buttons trigger actions of the File menu.
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
