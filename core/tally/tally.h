// Sign word → flows, packets, bytes: the input of classification.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/flow/derived_flows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::tally {

/// A sign word with its flows, packets and bytes.
struct WordCount {
    std::uint64_t word = 0;
    std::uint64_t flows = 0, packets = 0, bytes = 0;
};
/// Distinct words, most flows first (ties by word), without word 0 (not classified).
using Tally = std::vector<WordCount>;

/// Counts the words of one-way flows, with the packets and bytes of the direction. Cost: O(n), threaded. The result
/// does not depend on the number of threads.
Tally tallyWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 unsigned threads);
/// The same over these rows only, in any order, each at most once.
Tally tallyWords(std::span<const std::uint64_t> words, const flow::DerivedFlows& flows, flow::Direction direction,
                 std::span<const std::uint32_t> rows, unsigned threads);

}  // namespace weir::tally
