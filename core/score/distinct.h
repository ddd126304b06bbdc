// How many different values each group of a test saw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// Exact. Keeps every pair of group and value once, 8 bytes each; repeats are cleared away whenever as many pairs came
/// in as were there. Not thread-safe.
class DistinctCounts {
public:
    void add(std::uint32_t group, std::uint32_t value) {
        if (pairs_.size() >= room_) clear();
        pairs_.push_back(std::uint64_t{group} << 32 | value);
    }
    /// `numbers`: of the other's groups here; empty = the same.
    void merge(const DistinctCounts& other, std::span<const std::uint32_t> numbers);
    /// By group, 0 .. groups - 1.
    std::vector<std::uint64_t> counts(std::size_t groups);

private:
    void clear();
    static constexpr std::size_t kLeastRoom = std::size_t{1} << 16;
    std::vector<std::uint64_t> pairs_;
    std::size_t room_ = kLeastRoom;
};

}  // namespace weir::score
