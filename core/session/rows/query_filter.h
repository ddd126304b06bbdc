// The filter of a query, compiled against a snapshot with all that it refers to.
#pragma once

#include "core/flow/filter.h"
#include "core/session/rows/query.h"
#include "core/session/rows/row_terms.h"

#include <memory>
#include <optional>

namespace weir::session {

/// `terms` must outlive the filter, and does.
struct QueryFilter {
    LocalIsInitiator localIsInitiator;
    std::unique_ptr<SnapshotTerms> terms;
    std::optional<flow::Filter> filter;  ///< nothing when the snapshot has no records
};
/// Time range and text of the query. Errors: badFilter with the first problem; notFound when derived flows are asked
/// for before they are there.
Result<QueryFilter> compileQuery(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const Query& query,
                                 JobContext& job);

}  // namespace weir::session
