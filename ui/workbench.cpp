// See workbench.h.
#include "ui/workbench.h"

#include "core/session/resources.h"
#include "core/session/rule_sets.h"
#include "ui/actions.h"
#include "ui/jobs/job_runner.h"
#include "ui/text/format.h"
#include "ui/unstable_flows.h"

namespace weir::ui {
namespace {

constexpr int kSettleMs = 120;  ///< rule edits in a row lead to one new row selection

}  // namespace

Workbench::Workbench(QObject* parent)
    : QObject(parent), jobs_(std::make_unique<JobList>()), actions_(std::make_unique<Actions>()), rules_(undo_, nullptr), scores_(undo_, *jobs_, nullptr),
      rows_(std::make_unique<JobRunner>(*jobs_)) {
    selectSoon_.setSingleShot(true);
    connect(&selectSoon_, &QTimer::timeout, this, &Workbench::select);
    connect(&filter_, &FlowFilter::changed, this, [this] { selectSoon_.start(0); });
    connect(&rules_, &RuleDraft::judgementChanged, this, [this] {
        if (!rules_.stale()) selectSoon_.start(kSettleMs);
    });
    connect(this, &Workbench::selectionChanged, this, [this] { scores_.setSelection(selection_); });
}

Workbench::~Workbench() = default;

void Workbench::setUnstable(std::shared_ptr<const UnstableFlows> unstable) {
    unstable_ = std::move(unstable);
    emit unstableChanged();
}

void Workbench::setZone(Zone zone) {
    if (zone == zone_) return;
    zone_ = zone;
    emit zoneChanged();
}

Diagnostics Workbench::filterProblems() const {
    return session::checkFilter(snapshot_, rules_.judgement(), filter_.query().rows, filter_.text().toStdString());
}

void Workbench::setProject(session::ProjectPtr project) {
    rows_->cancel();
    project_ = std::move(project);
    snapshot_ = project_ ? project_->snapshot() : nullptr;
    selection_.reset();
    selectionError_.clear();
    setUnstable(nullptr);
    undo_.clear();
    pick_.clear();
    rules_.setSnapshot(snapshot_);
    rules_.load(project_ ? fromUtf8(session::currentRules(*project_)) : fromUtf8(session::resourceText("rules", "glatz-2012")));
    scores_.setSnapshot(nullptr);
    scores_.load(fromUtf8(project_ ? session::currentProfile(*project_) : std::string(session::resourceText("score", session::kDefaultProfile))));
    scores_.setSnapshot(snapshot_);
    filter_.reset({}, {}, session::Rows::derived);
    emit projectChanged();
    emit snapshotChanged();
    emit selectionChanged();
}

void Workbench::refreshSnapshot() {
    if (!project_) return;
    auto now = project_->snapshot();
    if (snapshot_ && now->version == snapshot_->version) return;
    if (snapshot_ && now->flows != snapshot_->flows) pick_.setFlow({});
    if (snapshot_ && now->records != snapshot_->records) pick_.setRecord({});
    snapshot_ = std::move(now);
    rules_.setSnapshot(snapshot_);
    scores_.setSnapshot(snapshot_);
    emit snapshotChanged();
    selectSoon_.start(0);
}

session::Query Workbench::effectiveQuery() const {
    session::Query query = filter_.query();
    if (!snapshot_->flows) query.rows = session::Rows::records;
    return query;
}

void Workbench::select() {
    if (!snapshot_ || !snapshot_->records) {
        rows_->cancel();
        selection_.reset();
        selectionError_.clear();
        emit selectionChanged();
        return;
    }
    emit selectionStarted();
    rows_->start(
        tr("Select rows"),
        [snapshot = snapshot_, judgement = rules_.judgement(), query = effectiveQuery()](JobContext& job) {
            return session::selectRows(snapshot, judgement, query, job);
        },
        [this](Result<session::SelectionPtr> result) {
            if (result) selection_ = std::move(*result);
            else if (result.error().code == Errc::cancelled) return;
            selectionError_ = result ? QString() : fromUtf8(result.error().detail);
            emit selectionChanged();
        },
        false);
}

}  // namespace weir::ui
