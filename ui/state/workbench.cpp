// See workbench.h.
#include "ui/state/workbench.h"

#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/actions.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/comparison.h"
#include "ui/state/iteration_history.h"
#include "ui/state/narrowing_guard.h"
#include "ui/state/rule_figures.h"
#include "ui/state/unstable_flows.h"
#include "ui/state/user_sign_job.h"
#include "ui/text/format.h"

#include <array>

namespace weir::ui {
namespace {

constexpr int kSettleMs = 120;  ///< rule edits in a row lead to one new row selection

}  // namespace

Workbench::Workbench(QObject* parent)
    : QObject(parent), jobs_(std::make_unique<JobList>()), actions_(std::make_unique<Actions>()),
      rules_(undo_, nullptr), scores_(undo_, *jobs_, nullptr), rows_(std::make_unique<JobRunner>(*jobs_)) {
    selectSoon_.setSingleShot(true);
    connect(&selectSoon_, &QTimer::timeout, this, &Workbench::select);
    connect(&filter_, &FlowFilter::changed, this, [this] { selectSoon_.start(0); });
    connect(&rules_, &RuleDraft::judgementChanged, this, [this] {
        if (!rules_.stale()) selectSoon_.start(kSettleMs);
    });
    figures_ = std::make_unique<RuleFigures>(*this);
    guard_ = std::make_unique<NarrowingGuard>(*this);
}

Workbench::~Workbench() = default;

Comparison& Workbench::comparison() {
    if (!comparison_) comparison_ = std::make_unique<Comparison>(*this);
    return *comparison_;
}

IterationHistory& Workbench::iterations() {
    if (!iterations_) iterations_ = std::make_unique<IterationHistory>(*this);
    return *iterations_;
}

UserSignJob& Workbench::userSignJob() {
    if (!userSignJob_) userSignJob_ = std::make_unique<UserSignJob>(*this);
    return *userSignJob_;
}

void Workbench::setUnstable(std::shared_ptr<const UnstableFlows> unstable) {
    unstable_ = std::move(unstable);
    emit unstableChanged();
}

void Workbench::setComparison(std::shared_ptr<const session::Question> comparison) {
    setQuestions({std::move(comparison), questions_.sweep});
}

void Workbench::setSweep(std::shared_ptr<const session::Question> sweep) {
    setQuestions({questions_.comparison, std::move(sweep)});
}

void Workbench::setQuestions(session::Questions questions) {
    if (questions == questions_) return;
    const auto used = [this] {
        return snapshot_ ? session::questionsIn(*snapshot_, toUtf8(filter_.text()), questions_) : session::Questions();
    };
    const session::Questions before = used();
    questions_ = std::move(questions);
    emit questionsChanged();
    if (used() != before) selectSoon_.start(0);
}

void Workbench::setZone(Zone zone) {
    if (zone == zone_) return;
    zone_ = zone;
    emit zoneChanged();
}

void Workbench::setProject(session::ProjectPtr project) {
    rows_->cancel();
    project_ = std::move(project);
    snapshot_ = project_ ? project_->snapshot() : nullptr;
    selection_.reset();
    scored_.reset();
    selectionError_.clear();
    questions_ = {};
    setUnstable(nullptr);
    undo_.clear();
    pick_.clear();
    rules_.setSnapshot(snapshot_);
    rules_.load(project_ ? fromUtf8(session::currentRules(*project_))
                         : fromUtf8(session::resourceText("rules", "glatz-2012")));
    scores_.setSnapshot(nullptr);
    scores_.load(fromUtf8(project_ ? session::currentProfile(*project_)
                                   : std::string(session::resourceText("score", session::kDefaultProfile))));
    scores_.setSnapshot(snapshot_);
    filter_.reset({}, session::Rows::derived);
    emit projectChanged();
    emit snapshotChanged();
    takeRows(nullptr, nullptr);
}

void Workbench::refreshSnapshot() {
    if (!project_) return;
    auto now = project_->snapshot();
    if (snapshot_ && now->version == snapshot_->version) return;
    if (snapshot_ && now->flows != snapshot_->flows) pick_.setFlow({});
    if (snapshot_ && now->records != snapshot_->records) pick_.setRecord({});
    // Answers on other records or under other settings are no longer valid.
    const bool same = snapshot_ && now->records == snapshot_->records &&
                      session::toJson(now->settings) == session::toJson(snapshot_->settings);
    snapshot_ = std::move(now);
    if (!same) setQuestions({});
    rules_.setSnapshot(snapshot_);
    scores_.setSnapshot(snapshot_);
    emit snapshotChanged();
    selectSoon_.start(0);
}

void Workbench::takeRows(session::SelectionPtr scored, session::SelectionPtr listed) {
    scored_ = std::move(scored);
    selection_ = std::move(listed);
    selectionError_.clear();
    scores_.setSelection(scored_);
    emit selectionChanged();
}

void Workbench::select() {
    if (!snapshot_ || !snapshot_->records) {
        rows_->cancel();
        return takeRows(nullptr, nullptr);
    }
    emit selectionStarted();
    session::Query all = filter_.query();
    if (!snapshot_->flows) all.rows = session::Rows::records;
    all.questions = session::questionsIn(*snapshot_, all.filter, questions_);
    auto listed =
        filter_.narrowing().query(all.rows, snapshot_->scores ? snapshot_->scores->parsed.profile : score::Profile());
    if (listed) {
        listed->sort = all.sort;
        listed->descending = all.descending;
        listed->questions = all.questions;
    }
    const bool known =
        scored_ && scored_->snapshot == snapshot_ && scored_->judgement == rules_.judgement() && scored_->query == all;
    rows_->start(
        tr("Select rows"),
        [snapshot = snapshot_, judgement = rules_.judgement(), all, listed,
         scored = known ? scored_ : nullptr](JobContext& job) mutable -> Result<std::array<session::SelectionPtr, 2>> {
            if (!scored) {
                auto rows = session::selectRows(snapshot, judgement, all, job);
                if (!rows) return rows.error();
                scored = std::move(*rows);
            }
            if (!listed) return Error{Errc::badFilter, "the selected codes are not scored yet", 0};
            if (*listed == all) return std::array{scored, scored};
            auto rows = session::selectRows(snapshot, judgement, *listed, job);
            if (!rows) return rows.error();
            return std::array{scored, std::move(*rows)};
        },
        [this](Result<std::array<session::SelectionPtr, 2>> rows) {
            if (rows) return takeRows((*rows)[0], (*rows)[1]);
            if (rows.error().code == Errc::cancelled) return;
            selectionError_ = fromUtf8(rows.error().detail);
            emit selectionChanged();
        },
        false);
}

}  // namespace weir::ui
