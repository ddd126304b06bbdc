// Verb: collects everything that the Inspector shows about one derived flow.
#pragma once

#include "core/explain/explain.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"

namespace weir::session {

/// Everything known about a derived flow.
struct FlowExplanation {
    RowData row;
    std::vector<std::string> records;  ///< flow-ids of its records
    std::string communityId;           ///< with the project's seed
    explain::Explanation why;          ///< empty signs when the flow is not one-way
    std::string notClassifiedBecause;  ///< "two-way flow", "outbound (rules are applied to inbound flows)", "both ends
                                       ///< local", …; empty when classified
    std::uint64_t sameWordSources = 0, sameWordDestinations = 0, sameWordSourcePorts = 0;
};
Result<FlowExplanation> inspectFlow(const SnapshotPtr& snapshot, const JudgementPtr& judgement,
                                    std::uint32_t derivedRow, JobContext& job, const RunId& run = {});

}  // namespace weir::session
