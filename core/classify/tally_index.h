// An index of a tally for classification. Independent of the rules: built once, used on every keystroke.
#pragma once

#include "core/rules/word_planes.h"
#include "core/tally/tally.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace weir::classify {

/// Immutable. The tally must outlive it. Cost: about 15 ns per word to build. Memory: 8 to 16 bytes per word, plus one
/// bit per sign.
class TallyIndex {
public:
    explicit TallyIndex(std::span<const tally::WordCount> tally);

    const rules::WordPlanes& planes() const { return planes_; }
    /// Tally row of the word; expected O(1).
    std::optional<std::uint32_t> rowOf(std::uint64_t word) const;

private:
    std::size_t slotOf(std::uint64_t word) const { return std::size_t(word * 0x9e3779b97f4a7c15u >> shift_); }

    std::span<const tally::WordCount> tally_;
    rules::WordPlanes planes_;
    std::vector<std::uint32_t> slots_;  ///< row + 1; 0 = empty; at most half are in use
    unsigned shift_ = 63;
};

}  // namespace weir::classify
