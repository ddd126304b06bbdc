// Numbers the groups of a test in order of first appearance.
#pragma once

#include "core/score/profile.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// Values of the `group by` keys; keys that the test does not use are 0.
struct GroupId {
    std::uint64_t ends = 0;  ///< source and destination host
    std::uint64_t rest = 0;  ///< ports and protocol
    std::int64_t bin = 0;
    friend bool operator==(const GroupId&, const GroupId&) = default;
};

/// A hash table with open addressing: 4 bytes per slot and 24 per group. Not thread-safe.
class GroupMap {
public:
    static constexpr std::uint32_t kNone = ~std::uint32_t{0};

    std::size_t size() const { return ids_.size(); }
    std::span<const GroupId> ids() const { return ids_; }
    const GroupId& operator[](std::size_t number) const { return ids_[number]; }
    /// Sets numbers[i] to the number of ids[i], adding it if it is new. Look-ups of a block are prefetched together.
    void add(std::span<const GroupId> ids, std::uint32_t* numbers);
    std::uint32_t find(const GroupId& id) const;

private:
    static std::uint64_t hashOf(const GroupId& id);
    std::size_t slotOf(std::uint64_t hash) const { return std::size_t(hash) & (slots_.size() - 1); }
    std::uint32_t addOne(const GroupId& id, std::uint64_t hash);
    void grow();

    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024, kNone);
    std::vector<GroupId> ids_;
};

}  // namespace weir::score
