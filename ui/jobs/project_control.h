// Runs the verbs that change a project: open, import, settings, removal. Each is a job; changes that can be undone go
// on the undo stack.
#pragma once

#include "core/meter/derive.h"
#include "core/session/project/import.h"
#include "core/session/project/lists.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/workbench.h"

#include <QMap>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <vector>

namespace weir::ui {

/// GUI thread only. Opens no dialog: signals tell the frame what the user has to decide or to know.
class ProjectControl : public QObject {
    Q_OBJECT
public:
    explicit ProjectControl(Workbench& workbench);
    ~ProjectControl() override;

    void create();  ///< an untitled, empty project
    void open(const QString& path);
    /// Imports captures into the current project, or into a new untitled one. `askLocal` false uses the best suggestion
    /// for the local networks. `mappings` = columns of delimited texts, by path.
    void import(const QStringList& paths, bool askLocal = true, const QMap<QString, QString>& mappings = {});
    void openSample();
    void recover(const QString& path);  ///< opens an untitled project that a crash left behind
    void saveAs(const QString& path, std::function<void()> saved = {});
    void openCopy();  ///< continues in an untitled copy of the project
    /// Closes the project; an untitled file is removed when `discard`.
    void close(bool discard);

    void changeSettings(const session::Settings& settings, const QString& what);  ///< undoable
    void setLocal(const std::vector<flow::Prefix>& local);                        ///< undoable
    void removeSource(std::uint32_t number);                                      ///< undoable
    using LocalFound = Result<std::vector<meter::LocalSuggestion>>;
    /// Adds a file as a dated version of that list and scores again.
    void addList(const QString& name, const QString& path, const session::ListOrigin& origin);
    /// Adds a database of countries or AS numbers; geoAdded() or failed() follows.
    void addGeo(const QString& path);
    void removeList(const QString& name);  ///< all versions of the list
    void scoreAgain() { score(); }         ///< call after silences have changed
    void suggestLocal(std::function<void(LocalFound)> answer);
    bool busy() const { return files_.busy() || analysis_.busy(); }

signals:
    void opened(const QString& path);  ///< not emitted for new untitled projects
    void saved(const QString& path);
    void failed(const QString& what, const QString& why);  ///< one line each
    void imported(const session::ImportReport& report);
    void listAdded(const session::AddedList& added);
    void geoAdded(const QString& path);
    void localNeeded(const std::vector<meter::LocalSuggestion>& suggestions);

private:
    friend class SettingsChange;
    friend class SourceRemoval;
    void applySettings(const session::Settings& settings);
    void changeSource(std::uint32_t number, bool remove);
    void startImport(const QStringList& paths, bool ownProject, bool askLocal, const QMap<QString, QString>& mappings);
    void afterImport(Result<session::ImportReport> report, bool ownProject, bool askLocal);
    void analyse(bool ownProject, bool askLocal);
    void prepare(bool takeSuggestion);
    void score();
    void listsChanged();
    void hashLater();
    void keepScores();
    void followOthers();
    void openBy(const QString& path, std::function<Result<session::ProjectPtr>(JobContext&)> how, bool named);

    Workbench& workbench_;
    JobRunner files_;     ///< opening, reading, saving
    JobRunner analysis_;  ///< what is derived from the records
    JobRunner scores_;    ///< the same records by another profile or for another time
    JobRunner hashes_;
    JobRunner keeping_;
    JobRunner following_;  ///< checks for changes by other programs
    QTimer lookForChanges_;
    QTimer scoreSoon_;  ///< several edits in a row lead to one scoring
    QTimer keepSoon_;   ///< saves settled scores in the project file
    QTimer watch_;      ///< updates to what running jobs publish
};

}  // namespace weir::ui
