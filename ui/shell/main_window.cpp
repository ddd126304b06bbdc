// See main_window.h.
#include "ui/shell/main_window.h"

#include "ui/actions.h"
#include "ui/dialogs/command_palette.h"
#include "ui/dialogs/file_actions.h"
#include "ui/dialogs/help_windows.h"
#include "ui/dialogs/mark_actions.h"
#include "ui/dialogs/report_actions.h"
#include "ui/icon.h"
#include "ui/jobs/mark_control.h"
#include "ui/jobs/project_control.h"
#include "ui/shell/dock_host.h"
#include "ui/shell/job_line.h"
#include "ui/shell/notice_bar.h"
#include "ui/shell/perspective_bar.h"
#include "ui/shell/place_keeper.h"
#include "ui/shell/read_only_bar.h"
#include "ui/shell/recent.h"
#include "ui/shell/status_line.h"
#include "ui/shell/welcome.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"
#include "ui/views/filter_bar.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QStyle>
#include <QUndoStack>

namespace weir::ui {

MainWindow::MainWindow()
    : workbench_(std::make_unique<Workbench>()), control_(std::make_unique<ProjectControl>(*workbench_)) {
    setAcceptDrops(true);
    setContentsMargins(4, 0, 4, 0);
    setWindowIcon(QIcon(QStringLiteral(":/icons/weir.svg")));
    workbench_->setProject(nullptr);
    welcome_ = new Welcome(*workbench_, this);
    setCentralWidget(welcome_);
    docks_ = new DockHost(*this, *workbench_);
    welcome_->describe(*docks_);
    keeper_ = new PlaceKeeper(*workbench_, *docks_, this);
    notices_ = new NoticeBar(this);
    files_ = new FileActions(*workbench_, *control_, *keeper_, *notices_, this);
    new MarkActions(*workbench_, *new MarkControl(*workbench_, *control_, this), this);
    new ReportActions(*workbench_, *notices_, this);
    bindActions();
    buildHeader();
    setStatusBar(nullptr);
    auto* status = new QStatusBar;
    status->setSizeGripEnabled(false);
    status->setContentsMargins(0, 0, 0, 0);
    status->addPermanentWidget(new StatusLine(*workbench_, *keeper_, status), 1);
    setStatusBar(status);
    connect(workbench_.get(), &Workbench::projectChanged, this, &MainWindow::followProject);
    connect(workbench_.get(), &Workbench::snapshotChanged, this, &MainWindow::showTitle);
    connect(files_, &FileActions::recentChanged, this, &MainWindow::fillRecent);
    connect(welcome_, &Welcome::recentChosen, this, [this](const QString& path) { files_->openFiles({path}); });
    fillRecent();
    followProject();
    fitScreen();
}

MainWindow::~MainWindow() {
    // Views are connected to the workbench, so the panels are deleted first.
    delete takeCentralWidget();
    for (QDockWidget* dock : findChildren<QDockWidget*>()) delete dock;
}

void MainWindow::fitScreen() {
    // An explicit minimum: without it the window grows to the size that its panels and bars request, and stays so.
    setMinimumSize(QSize(800, 500).boundedTo(screen()->availableSize()));
    const QByteArray geometry = QSettings().value(QStringLiteral("geometry")).toByteArray();
    if (!geometry.isEmpty() && restoreGeometry(geometry)) return;
    const int title =
        2 * style()->pixelMetric(QStyle::PM_TitleBarHeight);  // of the frame that the window manager adds later
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - QSize(title / 2, title)));
}

void MainWindow::openFiles(const QStringList& paths) { files_->openFiles(paths); }
void MainWindow::offerLeftovers() { files_->offerLeftovers(); }
void MainWindow::openSample() { control_->openSample(); }

void MainWindow::buildHeader() {
    auto* header = new QWidget(this);
    auto* menus = new QMenuBar(header);
    buildMenus(menus);
    menus->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    menus->setNativeMenuBar(false);
    perspectives_ = new PerspectiveBar(*docks_, header);
    auto* job = new JobLine(workbench_->jobs(), header);
    connect(job, &JobLine::clicked, workbench_->actions().get("jobs.show"), &QAction::trigger);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 1, 8, 1);
    row->setSpacing(16);
    row->addWidget(menus);
    row->addWidget(perspectives_);
    row->addStretch();
    row->addWidget(job);
    auto* rows = new QVBoxLayout(header);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(row);
    rows->addWidget(new FilterBar(*workbench_, header));
    rows->addWidget(new ReadOnlyBar(*workbench_, header));
    rows->addWidget(notices_);
    setMenuWidget(header);
}

void MainWindow::buildMenus(QMenuBar* bar) {
    QHash<QString, QMenu*> menus;
    const auto menuOf = [&](const char* title) {
        QMenu*& menu = menus[QString::fromUtf8(title)];
        if (menu == nullptr) {
            menu = bar->addMenu(QCoreApplication::translate("weir::ui::Actions", title));
            menu->setToolTipsVisible(true);
        }
        return menu;
    };
    for (const ActionDef& def : actionTable()) {
        QAction* action = workbench_->actions().get(def.id);
        addAction(action);  // shortcuts work wherever the focus is
        if (def.menu == nullptr) continue;
        QMenu* menu = menuOf(def.menu);
        if (def.separator) menu->addSeparator();
        menu->addAction(action);
        if (def.id == "file.openProject") recent_ = menu->addMenu(tr("Open &recent"));
    }
    QMenu* view = menuOf("&View");
    QAction* first = view->actions().front();
    for (const Perspective& p : docks_->perspectives()) {
        auto* action = new QAction(p.title, this);
        action->setObjectName(QStringLiteral("perspective.") + p.id);
        action->setShortcut(QKeySequence(p.key));
        action->setStatusTip(p.question);
        view->insertAction(first, action);
        addAction(action);
        workbench_->actions().add(action);
        connect(action, &QAction::triggered, this, [this, id = p.id] { docks_->show(id); });
        connect(workbench_.get(), &Workbench::projectChanged, action,
                [this, action] { action->setEnabled(workbench_->project() != nullptr); });
    }
    QMenu* docks = new QMenu(tr("&Panels"), view);
    for (QAction* action : createPopupMenu()->actions()) docks->addAction(action);
    view->insertMenu(first, docks);
    QMenu* look = view->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const std::pair<QString, Scheme> schemes[] = {
        {tr("System"), Scheme::system}, {tr("Light"), Scheme::light}, {tr("Dark"), Scheme::dark}};
    for (const auto& [text, scheme] : schemes) {
        QAction* action = group->addAction(text);
        action->setCheckable(true);
        action->setChecked(scheme == currentScheme());
        look->addAction(action);
        connect(action, &QAction::triggered, this, [scheme = scheme] {
            setScheme(scheme);
            QSettings().setValue(QStringLiteral("theme"), int(scheme));
        });
    }
}

void MainWindow::bindActions() {
    Actions& actions = workbench_->actions();
    QUndoStack& undo = workbench_->undo();
    actions.bind("edit.undo", this, [&undo] { undo.undo(); });
    actions.bind("edit.redo", this, [&undo] { undo.redo(); });
    const auto follow = [&undo, &actions] {
        QAction* back = actions.get("edit.undo");
        QAction* again = actions.get("edit.redo");
        back->setEnabled(undo.canUndo());
        back->setText(undo.canUndo() ? tr("&Undo %1").arg(undo.undoText()) : tr("&Undo"));
        again->setEnabled(undo.canRedo());
        again->setText(undo.canRedo() ? tr("&Redo %1").arg(undo.redoText()) : tr("&Redo"));
    };
    connect(&undo, &QUndoStack::indexChanged, this, follow);
    follow();
    actions.bind("view.restore", this, [this] { docks_->restoreDefault(); });
    actions.get("view.zone")->setCheckable(true);
    actions.bind("view.zone", this, [this](bool local) { workbench_->setZone(local ? Zone::local : Zone::utc); });
    connect(workbench_.get(), &Workbench::zoneChanged, this,
            [this] { workbench_->actions().get("view.zone")->setChecked(workbench_->zone() == Zone::local); });
    actions.bind("go.palette", this, [this] { (new CommandPalette(workbench_->actions(), this))->show(); });
    actions.bind("jobs.show", this, [this] { docks_->raise(QStringLiteral("jobs")); });
    actions.bind("rules.show", this, [this] { docks_->raise(QStringLiteral("rules")); });
    actions.bind("jobs.cancel", this, [this] { workbench_->jobs().cancelAll(); });
    actions.bind("help.manual", this, [this] { showManual(this, docks_->helpPage(focusWidget())); });
    actions.bind("help.keys", this, [this] { showKeys(workbench_->actions(), this); });
    actions.bind("help.about", this, [this] { showAbout(this); });
}

void MainWindow::fillRecent() {
    recent_->clear();
    const QStringList files = recentFiles();
    recent_->setEnabled(!files.isEmpty());
    for (const QString& path : files)
        connect(recent_->addAction(QFileInfo(path).fileName()), &QAction::triggered, this,
                [this, path] { files_->openFiles({path}); });
    welcome_->showRecent();
}

void MainWindow::followProject() {
    const bool open = workbench_->project() != nullptr;
    perspectives_->setEnabled(open);
    if (open)
        keeper_->restore();
    else
        docks_->show(QStringLiteral("welcome"));
    showTitle();
}

void MainWindow::showTitle() {
    const session::SnapshotPtr& s = workbench_->snapshot();
    setWindowTitle(!s ? QStringLiteral("Weir")
                      : (s->untitled ? tr("Untitled") : QFileInfo(fromUtf8(s->path)).completeBaseName()) +
                            QStringLiteral(" – Weir"));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!files_->mayLeave()) return event->ignore();
    docks_->save();
    QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    event->acceptProposedAction();
    if (!paths.isEmpty()) files_->openFiles(paths);
}

}  // namespace weir::ui
