// One selection per mark.
#include "core/session/rows/row_marks.h"
#include "core/session/rows/tags.h"

#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/session/rows/record_taken.h"
#include "core/session/rows/row_terms.h"

#include <algorithm>

namespace weir::session {

Result<std::shared_ptr<const RowMarks>> RowMarks::of(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                                     Rows rows, JobContext& job) {
    auto out = std::make_shared<RowMarks>();
    out->marks_ = snapshot->marks;
    if (!snapshot->records || !snapshot->marks) return std::shared_ptr<const RowMarks>(std::move(out));
    for (const Mark& mark : *snapshot->marks) {
        Query query;
        query.rows = rows;
        query.filter = mark.filter;
        query.totals = false;
        auto taken = selectRows(snapshot, judgement, query, job);
        if (!taken && taken.error().code == Errc::badFilter) continue;
        if (!taken) return taken.error();
        if ((*taken)->count != 0) out->taken_.push_back({&mark, std::move(*taken)});
    }
    return std::shared_ptr<const RowMarks>(std::move(out));
}

std::vector<const Mark*> RowMarks::at(std::uint32_t row) const {
    std::vector<const Mark*> out;
    for (const Taken& t : taken_)
        if (t.rows->all || std::binary_search(t.rows->picked.begin(), t.rows->picked.end(), row)) out.push_back(t.mark);
    return out;
}

Result<std::vector<Mark>> marksOf(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::uint32_t record) {
    std::vector<Mark> out;
    if (!snapshot->marks || snapshot->marks->empty()) return out;
    const SnapshotTerms terms(snapshot, judgement);
    for (const Mark& mark : *snapshot->marks)
        for (const flow::Side side : {flow::Side::forward, flow::Side::reverse}) {
            const auto taken = recordTaken(*snapshot, mark.filter, terms, record, side);
            if (!taken && taken.error().code != Errc::badFilter) return taken.error();
            if (!taken || !*taken) continue;
            out.push_back(mark);
            break;
        }
    return out;
}

std::vector<std::string> tagsOf(std::span<const Mark* const> marks) {
    std::vector<std::string> out;
    for (const Mark* m : marks)
        if (std::none_of(out.begin(), out.end(),
                         [m](const std::string& tag) { return flow::equalsIgnoringCase(tag, m->tag); }))
            out.push_back(m->tag);
    return out;
}

std::vector<std::string> notesOf(std::span<const Mark* const> marks) {
    std::vector<std::string> out;
    for (const Mark* m : marks)
        if (!m->note.empty() && std::find(out.begin(), out.end(), m->note) == out.end()) out.push_back(m->note);
    return out;
}

}  // namespace weir::session
