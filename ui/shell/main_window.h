// The main window: menus, perspectives, filter row, panels, status bar. Refers to no view by name.
#pragma once

#include <QMainWindow>
#include <QStringList>

#include <memory>

namespace weir::ui {

class DockHost;
class FileActions;
class NoticeBar;
class PerspectiveBar;
class PlaceKeeper;
class ProjectControl;
class Welcome;
class Workbench;

/// Owns the workbench; deleting the window cancels its jobs.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow();
    ~MainWindow() override;
    void openFiles(const QStringList& paths);
    void openSample();
    /// Offers to recover unsaved projects after a crash, if there are any.
    void offerLeftovers();

    Workbench& workbench() { return *workbench_; }
    DockHost& docks() { return *docks_; }
    ProjectControl& control() { return *control_; }
    PlaceKeeper& keeper() { return *keeper_; }
    NoticeBar& notices() { return *notices_; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// Restores the last size, or chooses one that fits the free area of the screen.
    void fitScreen();
    void buildHeader();
    void buildMenus(class QMenuBar* bar);
    void bindActions();
    void fillRecent();
    void followProject();
    void showTitle();

    std::unique_ptr<Workbench> workbench_;
    std::unique_ptr<ProjectControl> control_;
    Welcome* welcome_;
    DockHost* docks_;
    PlaceKeeper* keeper_;
    NoticeBar* notices_;
    FileActions* files_;
    PerspectiveBar* perspectives_ = nullptr;
    class QMenu* recent_ = nullptr;
};

}  // namespace weir::ui
