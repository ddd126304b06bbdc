// What a derived flow learns from others: early bits and biflows across intervals (P4, P7), unibiflows of a host pair
// (P8).
#pragma once

#include "core/flow/derived_flows.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace weir::meter {

/// A late flow, the flow of the same key in the next bin, and which of them has its reverse in the other.
struct Continuation {
    std::uint32_t late = 0, next = 0;
    bool lateGetsReverse = false, nextGetsReverse = false;
};
/// Continuations from bins[b] into bins[b + 1]; none unless these are neighbours in time. Reads only, so bins may be
/// searched at the same time.
std::vector<Continuation> findContinuations(const flow::DerivedFlows& flows, std::size_t b);
/// Sets early bits; with `acrossIntervals` one-way flows whose reverse is in the other bin become biflows (no chains:
/// only packets count).
void applyContinuations(const std::vector<Continuation>& found, bool acrossIntervals, flow::DerivedFlows& flows);

/// P8: one-way flows of bins[b] whose host pair has a biflow there; of pairs whose hash falls into the shard. Reads
/// only. Ascending.
std::vector<std::uint32_t> findUnibiflows(const flow::DerivedFlows& flows, std::size_t b, std::uint32_t shard,
                                          std::uint32_t shards);

}  // namespace weir::meter
