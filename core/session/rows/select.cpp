// Selects rows: parse, compile, scan, sort; and checks and completes filters for editors.
#include "core/session/rows/select.h"

#include "core/flow/filter_complete.h"
#include "core/flow/filter_parser.h"
#include "core/flow/filter_scan.h"
#include "core/session/rows/query_filter.h"
#include "core/session/rows/row_order.h"
#include "core/session/rows/row_terms.h"

#include <numeric>

namespace weir::session {
namespace {

/// All rows: the totals are those of the captures.
Status takeAll(Selection& s) {
    s.count = s.directions = s.total;
    s.all = true;
    for (const store::SourceInfo& source : s.snapshot->sources) {
        s.packets += source.packets;
        s.bytes += source.bytes;
    }
    if (s.query.rows == Rows::derived || !s.snapshot->records) return ok();
    const SnapshotTerms nothing(nullptr, nullptr);
    flow::RecordBatch batch(*s.snapshot->records, nothing);
    for (std::size_t chunk = 0; chunk < s.snapshot->records->chunks().size(); ++chunk) {
        batch.open(chunk);
        const auto reversed = batch.reversed();
        if (!reversed) return reversed.error();
        if (!*reversed) continue;
        for (const std::uint64_t packets : batch.columns().reversePackets) s.directions += packets != 0;
    }
    return ok();
}

Status scanInto(Selection& s, const flow::Filter& filter, const SnapshotTerms& terms, JobContext& job) {
    const flow::ScanOptions options{s.query.list, s.query.totals};
    auto scanned = s.query.rows == Rows::records
                       ? flow::scanRecords(*s.snapshot->records, filter, terms, options, job)
                       : flow::scanDerived(*s.snapshot->flows, s.snapshot->records.get(), filter, terms, options, job);
    if (!scanned) return scanned.error();
    s.picked = std::move(scanned->picked);
    s.count = scanned->rows;
    s.directions = scanned->directions;
    s.packets = scanned->packets;
    s.bytes = scanned->bytes;
    if (s.query.sort == Field::id && !s.query.descending) s.sides = std::move(scanned->sides);
    return ok();
}

Status order(Selection& s, const SnapshotTerms& terms, JobContext& job) {
    if (!s.query.list || (s.query.sort == Field::id && !s.query.descending)) return ok();
    if (s.all) {
        s.picked.resize(s.total);
        std::iota(s.picked.begin(), s.picked.end(), std::uint32_t{0});
        s.all = false;
    }
    return orderRows(*s.snapshot, terms, s.query.rows, s.query.sort, s.query.descending, s.picked, job);
}

}  // namespace

Result<SelectionPtr> selectRows(SnapshotPtr snapshot, JudgementPtr judgement, const Query& query, JobContext& job) {
    auto selection = std::make_shared<Selection>();
    selection->snapshot = snapshot;
    selection->judgement = judgement;
    selection->query = query;
    auto compiled = compileQuery(snapshot, judgement, query, job);
    if (!compiled) return compiled.error();
    if (!compiled->filter) {
        selection->all = true;
        return SelectionPtr(std::move(selection));
    }
    const flow::Filter* filter = &*compiled->filter;
    const SnapshotTerms& terms = *compiled->terms;
    selection->total = query.rows == Rows::derived ? snapshot->flows->size() : snapshot->records->rows();
    if (Status s = filter->takesAll() ? takeAll(*selection) : scanInto(*selection, *filter, terms, job); !s)
        return s.error();
    if (Status s = order(*selection, terms, job); !s) return s.error();
    return SelectionPtr(std::move(selection));
}

Diagnostics checkFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement, std::string_view filter,
                        const Questions& questions) {
    return flow::parseFilter(filter, SnapshotTerms(snapshot, judgement, nullptr, questions)).diagnostics;
}

std::vector<Completion> completeFilter(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                       std::string_view filter, std::size_t offset, const Questions& questions) {
    std::vector<Completion> out;
    for (auto& c : flow::completeFilterText(filter, offset, SnapshotTerms(snapshot, judgement, nullptr, questions)))
        out.push_back({std::move(c.text), std::move(c.help)});
    return out;
}

}  // namespace weir::session
