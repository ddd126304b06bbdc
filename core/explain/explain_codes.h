// Why a record bears the codes it has: every test of a score profile with what was measured.
#pragma once

#include "core/flow/chunk_source.h"
#include "core/flow/filter_batch.h"
#include "core/score/score.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::explain {

struct CodeLine {
    std::size_t test = 0;  ///< of the profile
    bool holds = false;
    std::string evidence;  ///< "destination port 23 is in @insecure-ports", "443,187 flows > 1000 (dst port 23)"; what
                           ///< decided it, not all that was asked
};

struct CodeSubject {
    const flow::ChunkSource& records;
    std::uint64_t row = 0;  ///< project row
    flow::Side side = flow::Side::forward;
    const score::Profile& profile;
    std::span<const score::TestGroups> groups;      ///< what became of the groups when the records were scored
    std::span<const score::TestFindings> findings;  ///< of its built-in tests, from then as well
    const flow::FilterTerms& terms;
    /// What the list, as of that time (µs), says of an address: "is in line 12 of @alienvault of 2026-10-13"; empty
    /// when it is not in it. May be left out.
    std::span<const std::string> missingLists;  ///< named by the profile and not there
    std::function<std::string(std::string_view list, const flow::IpAddr& address, std::int64_t at)> listEntry = {};
};

/// In the order of the profile. A test holds here as it does in score::scoreRecords. Cost: one chunk, read and filtered
/// once a term of the profile. Errors: store, badFilter.
Result<std::vector<CodeLine>> explainCodes(const CodeSubject& subject);

}  // namespace weir::explain
