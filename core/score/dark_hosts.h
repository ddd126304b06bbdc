// Unused local addresses, as far as the records show.
#pragma once

#include "core/base/job.h"
#include "core/flow/chunk_source.h"
#include "core/score/score.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// By host: 1 = local, neither broadcast nor multicast, and without any packet to an external host in the records of
/// the range (methods.md 8, DARK IP). Cost: one pass, threaded. Errors: store, cancelled.
Result<std::vector<std::uint8_t>> darkHosts(const flow::ChunkSource& records, std::span<const std::uint8_t> hostBits,
                                            JobContext& job, TimeRange range = {});

}  // namespace weir::score
