// Does a filter take this one record?
#pragma once

#include "core/flow/filter_batch.h"
#include "core/flow/filter_terms.h"
#include "core/session/project/project.h"

#include <cstdint>
#include <string_view>

namespace weir::session {

/// Read in this direction. False where the record has no packets in it, or the filter has errors. Cost: one chunk.
/// Errors: store, badFilter (a term asks for what is not worked out yet).
Result<bool> recordTaken(const Snapshot& snapshot, std::string_view filter, const flow::FilterTerms& terms,
                         std::uint32_t record, flow::Side side);

}  // namespace weir::session
