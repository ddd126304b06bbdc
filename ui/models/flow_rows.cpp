// See flow_rows.h.
#include "ui/models/flow_rows.h"
#include "ui/state/unstable_flows.h"

#include "core/session/evidence/score.h"
#include "core/session/rows/row_reader.h"

#include <algorithm>

namespace weir::ui {
namespace {

constexpr std::uint64_t kPageRows = 128;
constexpr qsizetype kPages = 32;  ///< cached pages; a screen shows two
constexpr std::int64_t kDayUs = 86'400'000'000;

bool spansDays(const session::Snapshot& snapshot) {
    std::int64_t first = INT64_MAX, last = INT64_MIN;
    for (const store::SourceInfo& s : snapshot.sources) {
        if (s.flows == 0) continue;
        first = std::min(first, s.first);
        last = std::max(last, s.last);
    }
    return last > first && last / kDayUs != first / kDayUs;
}

bool sameList(const session::Selection& a, const session::Selection& b) {
    const auto& x = a.query;
    const auto& y = b.query;
    return a.count == b.count && a.snapshot->records == b.snapshot->records && x.rows == y.rows &&
           x.filter == y.filter && x.fromUs == y.fromUs && x.toUs == y.toUs && x.sort == y.sort &&
           x.descending == y.descending;
}

}  // namespace

FlowRows::FlowRows(JobList& jobs, QObject* parent)
    : RowSource(parent), columns_(flowRowColumns()), lane_(jobs), marking_(jobs) {}

void FlowRows::setSelection(session::SelectionPtr selection) {
    if (selection == text_.selection) return;
    const bool same = selection && text_.selection && sameList(*selection, *text_.selection);
    lane_.cancel();
    text_.selection = std::move(selection);
    text_.showDate = text_.selection && spansDays(*text_.selection->snapshot);
    const auto* scores = text_.selection ? text_.selection->snapshot->scores.get() : nullptr;
    look_ = scores ? CodeLook(scores->parsed.profile) : CodeLook();
    reader_ = text_.selection ? std::make_shared<session::RowReader>(text_.selection) : nullptr;
    old_ = true;
    if (!text_.selection) pages_.clear();
    if (!same) emit rowsChanged();
    if (text_.selection && rows() > 0) fetch(std::min(wantFirst_, rows() - 1) / kPageRows);
}

void FlowRows::setMarks(const session::SnapshotPtr& snapshot) {
    const session::SelectionPtr& selection = text_.selection;
    if (!snapshot || !selection || !snapshot->marks || snapshot->marks->empty()) {
        marking_.cancel();
        marked_ = {};
        return showMarks(nullptr);
    }
    Marked now{snapshot->marks,  snapshot->records,    snapshot->flows,
               snapshot->scores, selection->judgement, selection->query.rows};
    if (now == marked_) return;
    marked_ = std::move(now);
    marking_.start(
        tr("Look up tags"),
        [snapshot, judgement = selection->judgement, rows = selection->query.rows](JobContext& job) {
            return session::RowMarks::of(snapshot, judgement, rows, job);
        },
        [this](Result<std::shared_ptr<const session::RowMarks>> marks) { showMarks(marks ? *marks : nullptr); }, false);
}

void FlowRows::showMarks(std::shared_ptr<const session::RowMarks> marks) {
    if (marks == text_.marks) return;
    text_.marks = std::move(marks);
    old_ = true;
    if (reader_ && rows() > 0) fetch(std::min(wantFirst_, rows() - 1) / kPageRows);
}

void FlowRows::setZone(Zone zone) {
    text_.zone = zone;
    old_ = true;
    if (reader_ && rows() > 0) fetch(std::min(wantFirst_, rows() - 1) / kPageRows);
}

void FlowRows::setUnstable(std::shared_ptr<const UnstableFlows> unstable) {
    if (unstable == text_.unstable) return;
    text_.unstable = std::move(unstable);
    pages_.clear();
    emit rowsReady();
}

void FlowRows::want(std::uint64_t first, std::uint64_t n) {
    wantFirst_ = first;
    wantLast_ = n == 0 ? first : first + n - 1;
    if (!reader_ || lane_.busy()) return;  // the next missing page is requested when the current one arrives
    for (std::uint64_t page = wantFirst_ / kPageRows; page <= wantLast_ / kPageRows; ++page)
        if (old_ || !pages_.contains(page)) return fetch(page);
}

void FlowRows::fetch(std::uint64_t page) {
    const std::uint64_t first = page * kPageRows;
    const std::size_t n = std::size_t(std::min(kPageRows, rows() - first));
    lane_.start(
        tr("Read rows"),
        [reader = reader_, text = text_, first, n](JobContext&) -> Result<Page> {
            auto rows = reader->read(first, n);
            if (!rows) return rows.error();
            return format(*rows, text);
        },
        [this, page](Result<Page> result) {
            if (!result) return;
            if (old_ || pages_.size() >= kPages) pages_.clear();
            old_ = false;
            pages_.insert(page, std::move(*result));
            emit rowsReady();
            want(wantFirst_, wantLast_ - wantFirst_ + 1);
        },
        false);
}

FlowRows::Page FlowRows::format(const std::vector<session::RowData>& rows, const FlowText& text) {
    Page page;
    page.reserve(rows.size());
    for (const session::RowData& data : rows) {
        Row row{data, {}, text.classesOf(data)};
        row.cells.reserve(flowColumns().size());
        for (const FlowColumn& column : flowColumns()) {
            // A chip is painted from the class names; its cell text stays empty.
            RowCell cell{column.kind == CellKind::chip ? QString() : column.text(data, text), Tone::normal};
            if (column.kind == CellKind::number && cell.text == u"0") cell.tone = Tone::dim;
            if (column.kind == CellKind::chip && text.flipsOf(data) != 0) cell.tone = Tone::warning;  // hatched
            row.cells.push_back(std::move(cell));
        }
        page.push_back(std::move(row));
    }
    return page;
}

const FlowRows::Row* FlowRows::find(std::uint64_t row) const {
    const auto it = pages_.constFind(row / kPageRows);
    if (it == pages_.constEnd() || row % kPageRows >= it->size()) return nullptr;
    return &(*it)[row % kPageRows];
}

const session::RowData* FlowRows::data(std::uint64_t row) const {
    const Row* found = old_ ? nullptr : find(row);
    return found ? &found->data : nullptr;
}

const RowCell* FlowRows::cell(std::uint64_t row, std::size_t column) const {
    const Row* found = find(row);
    return found ? &found->cells[column] : nullptr;
}

QStringList FlowRows::chip(std::uint64_t row, std::size_t) const {
    const Row* found = find(row);
    return found ? found->classes : QStringList();
}

std::vector<CodeMark> FlowRows::codes(std::uint64_t row, std::size_t) const {
    const Row* found = find(row);
    return found ? look_.marksOf(found->data.codes) : std::vector<CodeMark>();
}

}  // namespace weir::ui
