// Tests whether one record matches a filter.
#pragma once

#include "core/flow/filter_batch.h"
#include "core/flow/filter_terms.h"
#include "core/session/project/project.h"

#include <cstdint>
#include <string_view>

namespace weir::session {

/// True when the record, read in this direction, matches the filter. False when it has no packets in this direction, or
/// the filter has errors. Cost: decodes one chunk. Errors: store, badFilter (a term needs results that are not computed
/// yet).
Result<bool> recordTaken(const Snapshot& snapshot, std::string_view filter, const flow::FilterTerms& terms,
                         std::uint32_t record, flow::Side side);

}  // namespace weir::session
