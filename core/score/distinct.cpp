// Sorted pairs.
#include "core/score/distinct.h"

#include <algorithm>

namespace weir::score {

void DistinctCounts::clear() {
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    room_ = std::max(kLeastRoom, 2 * pairs_.size());
}

void DistinctCounts::merge(const DistinctCounts& other, std::span<const std::uint32_t> numbers) {
    for (const std::uint64_t pair : other.pairs_)
        add(numbers.empty() ? std::uint32_t(pair >> 32) : numbers[std::size_t(pair >> 32)], std::uint32_t(pair));
}

std::vector<std::uint64_t> DistinctCounts::counts(std::size_t groups) {
    clear();
    std::vector<std::uint64_t> out(groups, 0);
    for (const std::uint64_t pair : pairs_) ++out[std::size_t(pair >> 32)];
    return out;
}

}  // namespace weir::score
