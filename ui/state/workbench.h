// State that all views share: the open project and its snapshot, the rule draft and its figures, scores, the narrowing,
// the selection, and the matching rows. State and signals only.
#pragma once

#include "core/session/evidence/silences.h"
#include "core/session/project/project.h"
#include "core/session/rows/marks.h"
#include "core/session/rows/select.h"
#include "ui/state/flow_filter.h"
#include "ui/state/pick.h"
#include "ui/state/rule_draft.h"
#include "ui/state/score_board.h"

#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <memory>

namespace weir::ui {

class Actions;
class Comparison;
class IterationHistory;
struct UnstableFlows;
class JobList;
class JobRunner;
class NarrowingGuard;
class RuleFigures;
class UserSignJob;

/// Time zone in which times are shown.
enum class Zone : unsigned char { utc, local };

/// GUI thread only. Everything returned is an immutable snapshot, or a part that lives as long as the workbench.
class Workbench : public QObject {
    Q_OBJECT
public:
    explicit Workbench(QObject* parent = nullptr);
    ~Workbench() override;

    const session::ProjectPtr& project() const { return project_; }
    /// nullptr without a project.
    const session::SnapshotPtr& snapshot() const { return snapshot_; }
    /// Rows that match the filter bar; nullptr before the first result. Holds its own snapshot and judgement.
    const session::SelectionPtr& selection() const { return selection_; }
    /// Why the last selection failed (selection() is then an older one); empty = no error.
    const QString& selectionError() const { return selectionError_; }

    RuleDraft& rules() { return rules_; }
    RuleFigures& figures() { return *figures_; }
    ScoreBoard& scores() { return scores_; }
    FlowFilter& filter() { return filter_; }
    /// Created on first use.
    Comparison& comparison();
    IterationHistory& iterations();
    UserSignJob& userSignJob();
    Pick& pick() { return pick_; }
    QUndoStack& undo() { return undo_; }
    JobList& jobs() { return *jobs_; }
    Actions& actions() { return *actions_; }

    /// What filters can refer to besides the project.
    const session::Questions& questions() const { return questions_; }
    /// Comparison that filters refer to, on all flows or records; nullptr = no comparison.
    void setComparison(std::shared_ptr<const session::Question> comparison);
    void setSweep(std::shared_ptr<const session::Question> sweep);
    /// Result of the last sweep of a setting; nullptr = none on this project.
    const std::shared_ptr<const UnstableFlows>& unstable() const { return unstable_; }
    void setUnstable(std::shared_ptr<const UnstableFlows> unstable);
    Zone zone() const { return zone_; }
    void setZone(Zone zone);
    /// Replaces the project (nullptr = none): loads rule draft and score profile, clears filter, selection and undo.
    void setProject(session::ProjectPtr project);
    /// Updates to what jobs have published since the last call. Cheap when nothing is new.
    void refreshSnapshot();

signals:
    void projectChanged();
    void snapshotChanged();
    void selectionStarted();
    void selectionChanged();  ///< new selection or a new selectionError()
    void zoneChanged();
    void unstableChanged();
    void questionsChanged();
    void failed(const QString& what, const QString& why);  ///< reported by a view; the frame shows it
    void sourceRemovalAsked(std::uint32_t number);         ///< requested by a view; the frame removes it, with undo
    void listRemovalAsked(const QString& name);
    /// A view requests a mark or a silence with these parts filled in; `edit` = it exists and is to be changed. The
    /// frame shows a dialog.
    void markAsked(const weir::session::Mark& draft, bool edit = false);
    void silenceAsked(const weir::session::Silence& draft, bool edit = false);
    void markRemovalAsked(const weir::session::Mark& mark);
    void silenceRemovalAsked(const weir::session::Silence& silence);

private:
    void setQuestions(session::Questions questions);
    void select();
    void takeRows(session::SelectionPtr scored, session::SelectionPtr listed);

    std::unique_ptr<JobList> jobs_;
    std::unique_ptr<Actions> actions_;
    QUndoStack undo_;
    RuleDraft rules_;
    ScoreBoard scores_;
    FlowFilter filter_;
    Pick pick_;
    std::unique_ptr<RuleFigures> figures_;
    std::unique_ptr<NarrowingGuard> guard_;
    std::unique_ptr<JobRunner> rows_;
    QTimer selectSoon_;
    session::ProjectPtr project_;
    session::SnapshotPtr snapshot_;
    session::SelectionPtr selection_,
        scored_;  ///< scored_: without the codes of the narrowing, which are selected among its rows
    QString selectionError_;
    session::Questions questions_;
    std::shared_ptr<const UnstableFlows> unstable_;
    Zone zone_ = Zone::utc;
    std::unique_ptr<UserSignJob> userSignJob_;
    std::unique_ptr<IterationHistory> iterations_;
    std::unique_ptr<Comparison> comparison_;
};

}  // namespace weir::ui
