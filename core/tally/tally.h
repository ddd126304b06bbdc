// Word → flows, packets, bytes: what all judgement runs on.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/flow/derived_flows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::tally {

struct WordCount {
    std::uint64_t word = 0;
    std::uint64_t flows = 0, packets = 0, bytes = 0;
};
/// Distinct words, most flows first (ties by word). Word 0 (not classified) is left out.
using Tally = std::vector<WordCount>;

/// Counts the words of one-way flows; packets and bytes of the direction's side. O(n), threaded; equal for any number
/// of threads.
Tally tallyWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 unsigned threads);
/// Of these rows alone, in any order, each at most once.
Tally tallyWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 std::span<const std::uint32_t> rows, unsigned threads);

}  // namespace weir::tally
