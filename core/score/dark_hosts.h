// Local addresses that nobody uses, as far as the records show.
#pragma once

#include "core/base/job.h"
#include "core/flow/chunk_source.h"
#include "core/score/score.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// By host: 1 = local, no broadcast or multicast address, and without a single packet to a host outside. Methods.md 8,
/// DARK IP: the active hosts are those with an outbound packet in the records of the range. One pass, threaded. Errors:
/// store, cancelled.
Result<std::vector<std::uint8_t>> darkHosts(const flow::ChunkSource& records, std::span<const std::uint8_t> hostBits,
                                            JobContext& job, TimeRange range = {});

}  // namespace weir::score
