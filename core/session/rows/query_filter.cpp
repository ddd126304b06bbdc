// Parsing and compiling the filter of a query.
#include "core/session/rows/query_filter.h"

#include "core/flow/filter_parser.h"

namespace weir::session {
namespace {

/// "1:17: unknown term `prot`; did you mean `proto`?"
std::string oneLine(const Diagnostics& problems) {
    for (const Diagnostic& d : problems)
        if (d.severity == Severity::error)
            return "filter, line " + std::to_string(d.line) + ", column " + std::to_string(d.column) + ": " + d.message;
    return "bad filter";
}

flow::FilterNode withTimeRange(flow::FilterNode root, const Query& query) {
    if (query.fromUs == INT64_MIN && query.toUs == INT64_MAX) return root;
    flow::FilterNode range;
    range.op = flow::FilterNode::Op::leaf;
    range.leaf = flow::TimeTerm{false, query.fromUs,
                                query.toUs == INT64_MAX ? INT64_MAX : query.toUs - (query.toUs > INT64_MIN ? 1 : 0)};
    if (root.op == flow::FilterNode::Op::always) return range;
    flow::FilterNode both;
    both.op = flow::FilterNode::Op::allOf;
    both.children.push_back(std::move(range));
    both.children.push_back(std::move(root));
    return both;
}

}  // namespace

Result<QueryFilter> compileQuery(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const Query& query,
                                 JobContext& job) {
    const bool derived = query.rows == Rows::derived;
    if (snapshot->records && derived && !snapshot->flows)
        return Error{Errc::notFound, "the flows are not paired yet", 0};
    auto localIsInitiator = derived ? localIsInitiatorOf(*snapshot, job) : Result<LocalIsInitiator>(LocalIsInitiator());
    if (!localIsInitiator) return localIsInitiator.error();
    QueryFilter out;
    out.localIsInitiator = *localIsInitiator;
    out.terms = std::make_unique<SnapshotTerms>(snapshot, judgement, *localIsInitiator, query.questions);
    auto parsed = flow::parseFilter(query.filter, *out.terms);
    if (!parsed.good()) return Error{Errc::badFilter, oneLine(parsed.diagnostics), parsed.diagnostics.front().line};
    if (!snapshot->records) return out;
    auto filter =
        flow::Filter::compile(withTimeRange(std::move(parsed.root), query), snapshot->records->addresses(), *out.terms);
    if (!filter) return filter.error();
    out.filter.emplace(std::move(*filter));
    return out;
}

}  // namespace weir::session
