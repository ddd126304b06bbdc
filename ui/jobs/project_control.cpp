// See project_control.h.
#include "ui/jobs/project_control.h"

#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/project/geo.h"
#include "core/session/project/geo_files.h"
#include "core/session/project/resources.h"
#include "ui/text/format.h"
#include "ui/text/shown_text.h"

#include <QFileInfo>
#include <QUndoCommand>

#include <algorithm>
#include <variant>

namespace weir::ui {
namespace {

constexpr int kFollowPauseMs = 120;
constexpr int kKeepMs = 3000;
constexpr int kFollowMs = 1500;

score::TimeRange rangeOf(const FlowFilter& filter) {
    return filter.timeRange() ? score::TimeRange{filter.timeRange()->first, filter.timeRange()->second}
                              : score::TimeRange();
}

}  // namespace

using session::ProjectPtr;

class SettingsChange final : public QUndoCommand {
public:
    SettingsChange(ProjectControl& control, session::Settings before, session::Settings after, const QString& what)
        : QUndoCommand(what), control_(control), before_(std::move(before)), after_(std::move(after)) {}
    void undo() override { control_.applySettings(before_); }
    void redo() override { control_.applySettings(after_); }

private:
    ProjectControl& control_;
    session::Settings before_, after_;
};

class SourceRemoval final : public QUndoCommand {
public:
    SourceRemoval(ProjectControl& control, std::uint32_t number, const QString& what)
        : QUndoCommand(what), control_(control), number_(number) {}
    void undo() override { control_.changeSource(number_, false); }
    void redo() override { control_.changeSource(number_, true); }

private:
    ProjectControl& control_;
    std::uint32_t number_;
};

ProjectControl::ProjectControl(Workbench& workbench)
    : workbench_(workbench), files_(workbench.jobs()), analysis_(workbench.jobs()), scores_(workbench.jobs()),
      hashes_(workbench.jobs()), keeping_(workbench.jobs()), following_(workbench.jobs()) {
    watch_.setInterval(100);
    connect(&watch_, &QTimer::timeout, &workbench, &Workbench::refreshSnapshot);
    const auto watch = [this] {
        if (busy())
            watch_.start();
        else
            watch_.stop();
    };
    connect(&files_, &JobRunner::busyChanged, this, watch);
    connect(&analysis_, &JobRunner::busyChanged, this, watch);
    lookForChanges_.setInterval(kFollowMs);
    connect(&lookForChanges_, &QTimer::timeout, this, &ProjectControl::followOthers);
    lookForChanges_.start();
    scoreSoon_.setSingleShot(true);
    scoreSoon_.setInterval(kFollowPauseMs);
    connect(&scoreSoon_, &QTimer::timeout, this, &ProjectControl::score);
    keepSoon_.setSingleShot(true);
    keepSoon_.setInterval(kKeepMs);
    connect(&keepSoon_, &QTimer::timeout, this, &ProjectControl::keepScores);
    connect(&workbench.scores(), &ScoreBoard::textChanged, &scoreSoon_, qOverload<>(&QTimer::start));
    connect(&workbench.filter(), &FlowFilter::changed, this, [this] {
        const auto& snapshot = workbench_.snapshot();
        if (snapshot && snapshot->scores && snapshot->scores->range != rangeOf(workbench_.filter())) scoreSoon_.start();
    });
}

ProjectControl::~ProjectControl() = default;

void ProjectControl::create() {
    files_.start(
        tr("New project"),
        [](JobContext&) -> Result<ProjectPtr> {
            auto project = session::createUntitledProject();
            if (project)
                if (const Status s = (*project)->publishFile(); !s) return s.error();
            return project;
        },
        [this](Result<ProjectPtr> project) {
            if (project)
                workbench_.setProject(std::move(*project));
            else
                emit failed(tr("The project could not be created"), fromUtf8(project.error().detail));
        },
        false);
}

void ProjectControl::open(const QString& path) {
    openBy(
        path,
        [name = toUtf8(path)](JobContext&) {
            return session::openProject(name, {true, std::chrono::seconds(30), {}});
        },
        true);
}

void ProjectControl::recover(const QString& path) {
    openBy(
        path, [name = toUtf8(path)](JobContext&) { return session::openUntitledProject(name); }, false);
}

void ProjectControl::openBy(const QString& path, std::function<Result<ProjectPtr>(JobContext&)> how, bool named) {
    files_.start(tr("Open %1").arg(shownText(QFileInfo(path).fileName())), std::move(how),
                 [this, path, named](Result<ProjectPtr> project) {
                     if (!project) {
                         if (project.error().code != Errc::cancelled)
                             emit failed(tr("%1 could not be opened").arg(QFileInfo(path).fileName()),
                                         fromUtf8(project.error().detail));
                         return;
                     }
                     workbench_.setProject(std::move(*project));
                     if (named) emit opened(path);
                     prepare(false);
                 });
}

void ProjectControl::openSample() {
    const QString path = fromUtf8(session::samplePath());
    if (path.isEmpty())
        emit failed(tr("The sample is not installed"),
                    tr("Its file should be in share/weir/samples next to the program."));
    else
        import({path}, false);
}

void ProjectControl::import(const QStringList& paths, bool askLocal, const QMap<QString, QString>& mappings) {
    analysis_.cancel();
    if (workbench_.project()) return startImport(paths, false, askLocal, mappings);
    files_.start(
        tr("New project"), [](JobContext&) { return session::createUntitledProject(); },
        [this, paths, askLocal, mappings](Result<ProjectPtr> project) {
            if (!project) {
                if (project.error().code != Errc::cancelled)
                    emit failed(tr("The project could not be created"), fromUtf8(project.error().detail));
                return;
            }
            workbench_.setProject(std::move(*project));
            startImport(paths, true, askLocal, mappings);
        });
}

void ProjectControl::startImport(const QStringList& paths, bool ownProject, bool askLocal,
                                 const QMap<QString, QString>& mappings) {
    session::ImportRequest request;
    for (const QString& path : paths) request.paths.push_back(toUtf8(path));
    for (auto it = mappings.begin(); it != mappings.end(); ++it)
        request.csvMappings[toUtf8(it.key())] = toUtf8(it.value());
    const QString what = paths.size() == 1 ? tr("Read %1").arg(shownText(QFileInfo(paths.front()).fileName()))
                                           : tr("Read %n capture(s)", nullptr, int(paths.size()));
    files_.start(
        what,
        [project = workbench_.project(), request](JobContext& job) {
            return session::importFiles(*project, request, job);
        },
        [this, ownProject, askLocal](Result<session::ImportReport> report) {
            afterImport(std::move(report), ownProject, askLocal);
        });
}

void ProjectControl::afterImport(Result<session::ImportReport> report, bool ownProject, bool askLocal) {
    if (!report && report.error().code == Errc::cancelled) {
        // The import ends at once; loading what it has read so far takes longer.
        files_.start(
            tr("Load captures"),
            [project = workbench_.project()](JobContext&) -> Status {
                if (const Status s = project->writing()->dropUnfinished(); !s) return s;
                return project->reload();
            },
            [this, ownProject, askLocal](Status) { analyse(ownProject, askLocal); });
        return;
    }
    workbench_.refreshSnapshot();
    if (!report) emit failed(tr("The captures could not be read"), fromUtf8(report.error().detail));
    if (report) emit imported(*report);
    analyse(ownProject, askLocal);
}

void ProjectControl::analyse(bool ownProject, bool askLocal) {
    workbench_.refreshSnapshot();
    const bool empty = !workbench_.snapshot() || workbench_.snapshot()->sources.empty();
    if (empty && ownProject) return close(true);  // nothing came in: leave nothing behind
    if (empty) return;
    const bool ask = askLocal && workbench_.snapshot()->settings.pairing.local.empty();
    if (!ask) return prepare(!askLocal);
    suggestLocal([this](LocalFound found) {
        if (!found && found.error().code == Errc::cancelled) return;  // what was cancelled stays cancelled
        if (!found || found->empty())
            prepare(false);
        else
            emit localNeeded(*found);
    });
}

void ProjectControl::suggestLocal(std::function<void(LocalFound)> answer) {
    const session::SnapshotPtr snapshot = workbench_.snapshot();
    if (!snapshot || !snapshot->records) return answer(std::vector<meter::LocalSuggestion>());
    analysis_.start(
        tr("Find local networks"), [snapshot](JobContext& job) { return meter::suggestLocal(*snapshot->records, job); },
        [this, answer = std::move(answer)](LocalFound found) {
            if (!found && found.error().code != Errc::cancelled)
                emit failed(tr("Local networks could not be found"), fromUtf8(found.error().detail));
            answer(std::move(found));
        });
}

void ProjectControl::prepare(bool takeSuggestion) {
    const ProjectPtr project = workbench_.project();
    if (!project || !workbench_.snapshot() || workbench_.snapshot()->sources.empty()) return;
    analysis_.start(
        tr("Score, pair and classify"),
        [project, takeSuggestion, profile = toUtf8(workbench_.scores().text()),
         range = rangeOf(workbench_.filter())](JobContext& job) -> Status {
            if (takeSuggestion) {
                const auto snapshot = project->snapshot();
                const bool sample = snapshot->sources.size() == 1 && snapshot->sources[0].path == session::samplePath();
                const bool unset = snapshot->settings.pairing.local.empty();
                auto local = session::ensureLocal(
                    *project, sample && unset ? session::sampleLocal() : std::vector<flow::Prefix>(), job);
                if (!local) return local.error();
            }
            // Scores first: they need no pairs. Where the project keeps them, those are read, and what explains them is
            // worked out last.
            const session::ScoreResultPtr stored = project->snapshot()->scores;
            const bool kept = stored && !stored->explains() && range.all();
            Status scored = kept ? session::prepareScoreWords(*project, profile, job)
                                 : session::prepareScores(*project, profile, job, range);
            if (!scored && scored.error().code == Errc::cancelled) return scored;
            const Status prepared = session::prepare(*project, session::RunId(), job);
            if (scored && kept) scored = session::prepareScores(*project, profile, job, range);
            return prepared ? scored : prepared;
        },
        [this](Status done) {
            workbench_.refreshSnapshot();
            if (!done && done.error().code != Errc::cancelled)
                emit failed(tr("Flows could not be scored or classified"), fromUtf8(done.error().detail));
            score();  // when profile or range changed meanwhile
            hashLater();
            keepSoon_.start();
        });
}

void ProjectControl::score() {
    const ProjectPtr project = workbench_.project();
    if (!project || !project->snapshot()->records || analysis_.busy()) return;  // what runs ends with scores of its own
    scores_.start(
        tr("Score records"),
        [project, profile = toUtf8(workbench_.scores().text()), range = rangeOf(workbench_.filter())](JobContext& job) {
            return session::prepareScores(*project, profile, job, range);
        },
        [this](Status done) {
            workbench_.refreshSnapshot();
            if (!done && done.error().code != Errc::cancelled)
                emit failed(tr("The records could not be scored"), fromUtf8(done.error().detail));
            keepSoon_.start();
        },
        false);
}

void ProjectControl::listsChanged() {
    workbench_.refreshSnapshot();
    score();
}

void ProjectControl::addList(const QString& name, const QString& path, const session::ListOrigin& origin) {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    files_.start(
        tr("Add list %1").arg(name),
        [project, name = toUtf8(name), path = toUtf8(path), origin](JobContext& job) {
            return session::addList(*project, name, path, origin, job);
        },
        [this, path](Result<session::AddedList> added) {
            listsChanged();
            if (added)
                emit listAdded(*added);
            else if (added.error().code != Errc::cancelled)
                emit failed(tr("%1 was not added").arg(QFileInfo(path).fileName()), fromUtf8(added.error().detail));
        });
}

void ProjectControl::addGeo(const QString& path) {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    files_.start(
        tr("Add %1").arg(shownText(QFileInfo(path).fileName())),
        [project, path = toUtf8(path)](JobContext&) { return session::addGeo(*project, path); },
        [this, path](Status added) {
            workbench_.refreshSnapshot();
            if (added)
                emit geoAdded(path);
            else if (added.error().code != Errc::cancelled)
                emit failed(tr("%1 was not added").arg(QFileInfo(path).fileName()), fromUtf8(added.error().detail));
        });
}

void ProjectControl::removeList(const QString& name) {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    files_.start(
        tr("Remove list %1").arg(name),
        [project, name = toUtf8(name)](JobContext&) { return session::removeList(*project, name); },
        [this, name](Result<std::size_t> removed) {
            listsChanged();
            if (!removed) emit failed(tr("@%1 was not removed").arg(name), fromUtf8(removed.error().detail));
        });
}

void ProjectControl::hashLater() {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    const auto sources = project->snapshot()->sources;
    if (std::none_of(sources.begin(), sources.end(), [](const store::SourceInfo& s) { return s.sha256.empty(); }))
        return;
    hashes_.start(
        tr("Compute checksums"), [project](JobContext& job) { return session::hashSources(*project, job); },
        [this](Status) { workbench_.refreshSnapshot(); });
}

void ProjectControl::keepScores() {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    if (analysis_.busy() || scores_.busy()) return keepSoon_.start();
    keeping_.start(
        tr("Save scores"), [project](JobContext& job) { return session::keepScoreWords(*project, job); }, [](Status) {},
        false);  // only makes the next opening quicker
}

void ProjectControl::saveAs(const QString& path, std::function<void()> then) {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    files_.start(
        tr("Save as %1").arg(shownText(QFileInfo(path).fileName())),
        [project, name = toUtf8(path)](JobContext& job) { return project->saveAs(name, job); },
        [this, path, then = std::move(then)](Status done) {
            workbench_.refreshSnapshot();
            if (!done) {
                if (done.error().code != Errc::cancelled)
                    emit failed(tr("%1 could not be written").arg(path), fromUtf8(done.error().detail));
                return;
            }
            emit saved(path);
            if (then) then();
        });
}

void ProjectControl::openCopy() {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    files_.start(
        tr("Open a copy"), [project](JobContext& job) { return project->moveToUntitled(job); },
        [this](Status done) {
            workbench_.refreshSnapshot();
            if (!done && done.error().code != Errc::cancelled)
                emit failed(tr("The project could not be copied"), fromUtf8(done.error().detail));
        });
}

void ProjectControl::followOthers() {
    const ProjectPtr project = workbench_.project();
    if (!project || busy() || following_.busy()) return;
    following_.start(
        tr("Check for changes by other programs"), [project](JobContext&) { return project->follow(); },
        [this, project](Result<bool> changed) {
            if (workbench_.project() != project || !changed || !*changed) return;
            workbench_.refreshSnapshot();
            prepare(false);
        },
        false);
}

void ProjectControl::close(bool discard) {
    files_.cancel();
    analysis_.cancel();
    scores_.cancel();
    hashes_.cancel();
    keeping_.cancel();
    following_.cancel();
    const ProjectPtr project = workbench_.project();
    workbench_.setProject(nullptr);
    if (project && discard) project->discard();
}

void ProjectControl::changeSettings(const session::Settings& settings, const QString& what) {
    if (!workbench_.snapshot()) return;
    const session::Settings before = workbench_.snapshot()->settings;
    if (session::toJson(before) == session::toJson(settings)) return prepare(false);
    workbench_.undo().push(new SettingsChange(*this, before, settings, what));
}

void ProjectControl::setLocal(const std::vector<flow::Prefix>& local) {
    if (!workbench_.snapshot()) return;
    session::Settings settings = workbench_.snapshot()->settings;
    settings.pairing.local = local;
    changeSettings(settings, tr("change local networks"));
}

void ProjectControl::applySettings(const session::Settings& settings) {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    analysis_.start(
        tr("Change settings"), [project, settings](JobContext&) { return project->changeSettings(settings); },
        [this](Status done) {
            workbench_.refreshSnapshot();
            if (done) return prepare(false);
            emit failed(tr("The settings could not be saved"), fromUtf8(done.error().detail));
        },
        false);
}

void ProjectControl::removeSource(std::uint32_t number) {
    if (workbench_.project()) workbench_.undo().push(new SourceRemoval(*this, number, tr("remove a capture")));
}

void ProjectControl::changeSource(std::uint32_t number, bool remove) {
    const ProjectPtr project = workbench_.project();
    if (!project) return;
    hashes_.cancel();
    analysis_.start(
        remove ? tr("Remove a capture") : tr("Restore a capture"),
        [project, number, remove](JobContext&) -> Status {
            const Status changed =
                remove ? project->writing()->removeSource(number) : project->writing()->restoreRemovedSource(number);
            return changed ? project->reload() : changed;
        },
        [this](Status done) {
            workbench_.refreshSnapshot();
            if (done) return prepare(false);
            emit failed(tr("The captures could not be changed"), fromUtf8(done.error().detail));
        });
}

}  // namespace weir::ui
