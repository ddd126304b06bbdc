// The central page while no project is open: first steps, supported formats, the perspectives.
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace weir::ui {

class DockHost;
class Workbench;

/// Emits recentChosen() when the user clicks a recent file.
class Welcome final : public QScrollArea {
    Q_OBJECT
public:
    explicit Welcome(Workbench& workbench, QWidget* parent);
    /// Fills the table of perspectives. Call once, when they are known.
    void describe(const DockHost& docks);
    void showRecent();

signals:
    void recentChosen(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* buildLeft();
    QLayout* buildRight();

    Workbench& workbench_;
    QVBoxLayout* recent_ = nullptr;
    QVBoxLayout* lower_ = nullptr;
};

}  // namespace weir::ui
