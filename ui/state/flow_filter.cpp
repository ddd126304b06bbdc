// See flow_filter.h.
#include "ui/state/flow_filter.h"

namespace weir::ui {
namespace {

constexpr qint64 kOneStepMs = 1000;  ///< rows of a table that are gone through faster are one step

}  // namespace

void FlowFilter::step(const Narrowing& to) {
    codesSet_.invalidate();
    history_.erase(history_.begin() + at_ + 1, history_.end());
    history_ << to;
    at_ = history_.size() - 1;
    emit changed();
}

void FlowFilter::narrow(const Narrowing& to) {
    if (to != narrowing()) step(to);
}

void FlowFilter::set(const QString& text, FilterMode mode) {
    Narrowing to = narrowing();
    to.filter = combineFilters(to.filter, text, mode);
    narrow(to);
}

void FlowFilter::setTimeRange(const TimeRange& range) {
    Narrowing to = narrowing();
    to.times = range;
    narrow(to);
}

void FlowFilter::setCodes(const QStringList& codes) {
    Narrowing to = narrowing();
    to.codes = codes;
    if (to == narrowing()) return;
    const bool again = codesSet_.isValid() && codesSet_.elapsed() < kOneStepMs && !codes.isEmpty();
    if (again && at_ > 0) --at_;  // step() replaces what follows
    step(to);
    codesSet_.start();
}

void FlowFilter::prepare(const QString& text, FilterMode mode, bool focus) {
    emit prepared(combineFilters(this->text(), text, mode), focus);
}

void FlowFilter::setRows(session::Rows rows) {
    if (rows == rows_) return;
    rows_ = rows;
    emit changed();
}

void FlowFilter::setSort(session::Field field, bool descending) {
    if (field == sort_ && descending == descending_) return;
    sort_ = field;
    descending_ = descending;
    emit changed();
}

void FlowFilter::back() {
    if (!canGoBack()) return;
    --at_;
    codesSet_.invalidate();
    emit changed();
}

void FlowFilter::forward() {
    if (!canGoForward()) return;
    ++at_;
    codesSet_.invalidate();
    emit changed();
}

void FlowFilter::forget(const std::function<void(Narrowing&)>& remove) {
    QList<Narrowing> left;
    qsizetype at = 0;
    for (qsizetype i = 0; i < history_.size(); ++i) {
        Narrowing step = history_[i];
        remove(step);
        if (left.isEmpty() || step != left.back()) left << step;
        if (i == at_) at = left.size() - 1;
    }
    const bool same = left == history_;
    history_ = left;
    at_ = at;
    if (same) return;
    codesSet_.invalidate();
    emit changed();
}

void FlowFilter::reset(const Narrowing& narrowing, session::Rows rows) {
    history_ = {narrowing};
    at_ = 0;
    codesSet_.invalidate();
    rows_ = rows;
    sort_ = session::Field::id;
    descending_ = false;
    emit changed();
}

session::Query FlowFilter::query() const {
    session::Query q = narrowing().query(rows_);
    q.sort = sort_;
    q.descending = descending_;
    return q;
}

}  // namespace weir::ui
