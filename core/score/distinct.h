// Counts the distinct values of each group of a test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// Exact counts. Stores each pair of group and value once, 8 bytes each; duplicates are removed whenever the number of
/// stored pairs has doubled. Not thread-safe.
class DistinctCounts {
public:
    void add(std::uint32_t group, std::uint32_t value) {
        if (pairs_.size() >= room_) clear();
        pairs_.push_back(std::uint64_t{group} << 32 | value);
    }
    /// `numbers[g]`: this object's number of group g of `other`; empty = the same numbers.
    void merge(const DistinctCounts& other, std::span<const std::uint32_t> numbers);
    /// Number of distinct values by group, 0 .. groups - 1.
    std::vector<std::uint64_t> counts(std::size_t groups);

private:
    void clear();
    static constexpr std::size_t kLeastRoom = std::size_t{1} << 16;
    std::vector<std::uint64_t> pairs_;
    std::size_t room_ = kLeastRoom;
};

}  // namespace weir::score
