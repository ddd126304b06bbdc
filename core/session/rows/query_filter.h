// The filter of a query, compiled against a snapshot, with everything that it refers to.
#pragma once

#include "core/flow/filter.h"
#include "core/session/rows/query.h"
#include "core/session/rows/row_terms.h"

#include <memory>
#include <optional>

namespace weir::session {

/// Owns `terms`, which the filter refers to.
struct QueryFilter {
    LocalIsInitiator localIsInitiator;
    std::unique_ptr<SnapshotTerms> terms;
    std::optional<flow::Filter> filter;  ///< nullopt when the snapshot has no records
};
/// Compiles time range and text of the query. Errors: badFilter with the first problem; notFound when the query is for
/// derived flows and they are not computed yet.
Result<QueryFilter> compileQuery(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const Query& query,
                                 JobContext& job);

}  // namespace weir::session
