// Which end of a derived flow sent first.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/snapshot.h"

#include <cstdint>
#include <memory>

namespace weir::session {

/// By derived row: 1 = the local end is the source, as in FilterTerms::localIsInitiator().
using LocalIsInitiator = std::shared_ptr<const Buffer<std::uint8_t>>;
/// Reads the source columns of all records once per set of derived flows; later calls return the stored answer. Null
/// without flows. Errors: cancelled, store.
Result<LocalIsInitiator> localIsInitiatorOf(const Snapshot& snapshot, JobContext& job);

}  // namespace weir::session
