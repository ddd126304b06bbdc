// The File and Edit actions: opens dialogs where needed and passes the work to ProjectControl.
#pragma once

#include "core/meter/derive.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"

#include <QMap>
#include <QObject>
#include <QStringList>

#include <vector>

class QWidget;

namespace weir::ui {

class NoticeBar;
class PlaceKeeper;
class ProjectControl;
class Workbench;

/// GUI thread only. Binds the actions in its constructor.
class FileActions : public QObject {
    Q_OBJECT
public:
    FileActions(Workbench& workbench, ProjectControl& control, PlaceKeeper& keeper, NoticeBar& notices,
                QWidget* window);
    /// Opens projects; imports all other files into the current or a new project.
    void openFiles(const QStringList& paths);
    /// Call before closing; false = the user cancelled. Asks about an untitled project with captures; everything else
    /// is saved without asking.
    bool mayLeave();
    /// Offers to recover unsaved projects after a crash, if there are any.
    void offerLeftovers();

signals:
    void recentChanged();

private:
    void bind();
    void importCaptures(const QStringList& paths);
    void askMapping(const QStringList& paths, const QMap<QString, QString>& known, const QString& path,
                    const QStringList& alike);
    void chooseCaptures();
    void chooseFolder();
    void chooseProject();
    void chooseList();
    void reportList(const session::AddedList& added);
    void save();
    void saveAs(bool thenClose);
    void askLocal(const std::vector<meter::LocalSuggestion>& suggestions);
    void editLocal();
    void editCleaning();
    void editSettings();
    void report(const session::ImportReport& report);
    void closeProject();
    bool mayLeaveNamed();
    bool mayDrop(const QString& question, const QString& why);

    Workbench& workbench_;
    ProjectControl& control_;
    PlaceKeeper& keeper_;
    NoticeBar& notices_;
    QWidget* window_;
};

}  // namespace weir::ui
