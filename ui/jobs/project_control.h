// Runs the verbs that change a project: open, import, settings, removal. Every one is a job; what can be taken back
// goes on the undo stack.
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

/// GUI thread only. Opens no dialog: says by signal what a person has to decide or to know.
class ProjectControl : public QObject {
    Q_OBJECT
public:
    explicit ProjectControl(Workbench& workbench);
    ~ProjectControl() override;

    void create();  ///< an untitled, empty project
    void open(const QString& path);
    /// Into the present project, or a new untitled one. `askLocal` false takes the best suggestion for the local
    /// networks. `mappings` = columns of delimited texts by path.
    void import(const QStringList& paths, bool askLocal = true, const QMap<QString, QString>& mappings = {});
    void openSample();
    void recover(const QString& path);  ///< an untitled project that a crash left
    void saveAs(const QString& path, std::function<void()> saved = {});
    void openCopy();  ///< goes on in an untitled copy of the project
    /// Drops the project from the window; an untitled file is removed when `discard`.
    void close(bool discard);

    void changeSettings(const session::Settings& settings, const QString& what);  ///< undoable
    void setLocal(const std::vector<flow::Prefix>& local);                        ///< undoable
    void removeSource(std::uint32_t number);                                      ///< undoable
    using LocalFound = Result<std::vector<meter::LocalSuggestion>>;
    /// Adds a file as a vintage of that list and scores anew.
    void addList(const QString& name, const QString& path, const session::ListOrigin& origin);
    /// Names a database of countries or AS numbers; geoAdded() or failed() follows.
    void addGeo(const QString& path);
    void removeList(const QString& name);  ///< all vintages
    void scoreAgain() { score(); }         ///< silences changed
    void suggestLocal(std::function<void(LocalFound)> answer);
    bool busy() const { return files_.busy() || analysis_.busy(); }

signals:
    void opened(const QString& path);  ///< a project is open now; not for new untitled ones
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
    JobRunner following_;  ///< looks for what other programs wrote
    QTimer lookForChanges_;
    QTimer scoreSoon_;  ///< edits in a row lead to one new scoring
    QTimer keepSoon_;   ///< scores that stay are kept in the project file
    QTimer watch_;      ///< picks up what running jobs publish
};

}  // namespace weir::ui
