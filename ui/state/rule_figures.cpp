// See rule_figures.h.
#include "ui/state/rule_figures.h"

#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <array>

namespace weir::ui {

/// All that the counts of a narrowing depend on.
struct RuleFigures::Question {
    session::Query query;
    std::array<std::shared_ptr<const void>, 6>
        reads;  ///< parts of the snapshot; the judgement where the filter has terms on rules
    friend bool operator==(const Question&, const Question&) = default;
};

RuleFigures::RuleFigures(Workbench& workbench)
    : workbench_(workbench), lane_(workbench.jobs()), judgement_(workbench.rules().judgement()) {
    connect(&workbench.rules(), &RuleDraft::judgementChanged, this, [this] {
        judge();
        emit changed();
    });
    connect(&workbench.filter(), &FlowFilter::changed, this, &RuleFigures::ask);
    connect(&workbench, &Workbench::snapshotChanged, this, &RuleFigures::ask);
    connect(&workbench, &Workbench::questionsChanged, this, &RuleFigures::ask);
    connect(&workbench, &Workbench::selectionChanged, this, &RuleFigures::count);
}

RuleFigures::~RuleFigures() = default;

session::SignBasis RuleFigures::basis() const {
    return part_ ? session::basisOf(part_) : session::SignBasis(workbench_.snapshot());
}

RuleFigures::Question RuleFigures::question() const {
    const session::Snapshot& s = *workbench_.snapshot();
    const auto& scores = s.scores;
    Question q;
    if (const auto query = workbench_.filter().narrowing().query(session::Rows::derived,
                                                                 scores ? scores->parsed.profile : score::Profile()))
        q.query = *query;
    q.query.totals = false;
    const auto& judgement = workbench_.rules().judgement();
    q.query.questions = session::questionsIn(s, q.query.filter, workbench_.questions());
    const bool onRules =
        !session::checkFilter(workbench_.snapshot(), nullptr, q.query.filter, q.query.questions).empty();
    q.reads = {s.flows, s.signs(), s.lists, s.marks, scores, onRules ? judgement : nullptr};
    return q;
}

/// Announces at once that another narrowing will be counted; the job follows when its rows are known.
void RuleFigures::ask() {
    if (!workbench_.snapshot() || workbench_.filter().narrowing().empty()) {
        const bool was = part_ || counting_;
        lane_.cancel();
        asked_.reset();
        settle(nullptr);
        if (was) emit changed();
        return;
    }
    const bool stale = !asked_ || question() != *asked_;
    if (stale && lane_.busy()) {
        lane_.cancel();
        asked_.reset();
    }
    const bool now = stale || lane_.busy();
    if (now == counting_) return;
    counting_ = now;
    problem_.clear();
    emit changed();
}

/// The rows belong to the current chips; otherwise another selection is still running.
bool RuleFigures::isOfChips(const session::SelectionPtr& rows, const Question& q) const {
    return rows && rows->snapshot == workbench_.snapshot() && rows->query.filter == q.query.filter &&
           rows->query.questions == q.query.questions && rows->query.fromUs == q.query.fromUs &&
           rows->query.toUs == q.query.toUs && (!q.reads.back() || rows->judgement == q.reads.back());
}

void RuleFigures::count() {
    if (!workbench_.snapshot() || workbench_.filter().narrowing().empty()) return ask();
    Question now = question();
    if (asked_ && now == *asked_) return ask();
    lane_.cancel();
    if (!workbench_.selectionError().isEmpty() || !now.reads[0] ||
        !now.reads[1]) {  // without flows and signs nothing can be counted yet
        asked_.reset();
        counting_ = true;
        problem_ = workbench_.selectionError();
        return emit changed();
    }
    const session::SelectionPtr& rows = workbench_.selection();
    if (!isOfChips(rows, now)) return ask();
    const bool derived = rows->query.rows == session::Rows::derived;
    asked_ = std::make_unique<Question>(std::move(now));
    counting_ = true;
    problem_.clear();
    lane_.start(
        tr("Count signs"),
        [snapshot = workbench_.snapshot(), judgement = workbench_.rules().judgement(), query = asked_->query,
         rows = derived ? rows : nullptr](JobContext& job) -> Result<session::SignPartPtr> {
            if (rows) return session::countSigns(rows, job);
            const auto selected = session::selectRows(snapshot, judgement, query, job);
            if (!selected) return selected.error();
            return session::countSigns(*selected, job);
        },
        [this](Result<session::SignPartPtr> part) {
            if (!asked_ || (!part && part.error().code == Errc::cancelled)) return;
            if (part)
                settle((*part)->selection->all ? nullptr : *part);
            else
                problem_ = fromUtf8(part.error().detail);
            emit changed();
        },
        false);
    emit changed();
}

void RuleFigures::settle(session::SignPartPtr part) {
    part_ = std::move(part);
    counting_ = false;
    problem_.clear();
    judge();
}

/// Of a part whose words are not those of the snapshot any more the figures stay as they are: counting() holds.
void RuleFigures::judge() {
    const session::JudgementPtr& whole = workbench_.rules().judgement();
    if (!part_ || !whole || !whole->parsed.good()) {
        judgement_ = whole;
    } else if (workbench_.snapshot() && part_->isOf(*workbench_.snapshot()) &&
               (whole != judgedWhole_ || judgement_->holder != part_)) {  // not at a key that leaves an error behind
        judgement_ = session::judgePart(*whole, part_);
        judgedWhole_ = whole;
    }
}

QString RuleFigures::scope() const {
    if (!problem_.isEmpty())
        return part_ ? tr("Not counted: %1. Showing the previous selection, %2 of %3 flows")
                           .arg(problem_, weir::ui::count(part_->flows), weir::ui::count(part_->of))
                     : tr("Not counted: %1. Showing all flows").arg(problem_);
    if (counting_)
        return part_ ? tr("Counting the selection. Showing the previous one, %1 of %2 flows")
                           .arg(weir::ui::count(part_->flows), weir::ui::count(part_->of))
                     : tr("Counting the selection. Showing all flows");
    return part_ ? tr("Selection: %1 of %2 flows").arg(weir::ui::count(part_->flows), weir::ui::count(part_->of))
                 : QString();
}

}  // namespace weir::ui
