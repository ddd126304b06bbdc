// Flows of one test, summed by the values that it groups by.
#pragma once

#include "core/flow/filter_batch.h"
#include "core/score/profile.h"

#include <array>
#include <span>
#include <unordered_map>
#include <vector>

namespace weir::score {

/// One direction of a batch of records. `mask`: 1 = the row takes part.
struct Rows {
    const flow::RecordColumns& columns;
    flow::Side side;
    std::span<const std::uint8_t> mask;
};

/// Not thread-safe while it is filled. Ports alone are kept in arrays, all else in a hash table.
class Groups {
public:
    explicit Groups(std::vector<GroupKey> keys);

    /// What add() and keep() read of records.
    flow::ColSet columns() const;
    void add(const Rows& rows);
    void merge(const Groups& other);
    /// From here on only the groups count for which all of it holds.
    void judge(const std::vector<Having>& having);
    /// mask[i] = 0 where the row's group does not count. REQUIRES judge().
    void keep(const Rows& rows, std::span<std::uint8_t> mask) const;

private:
    static constexpr std::size_t kMostKeys = 6;  ///< each value once
    using Key = std::array<std::int64_t, kMostKeys>;
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    struct Group {
        Sums sums;
        bool counts = false;
    };
    bool byPort() const;
    Key keyOf(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;

    std::vector<GroupKey> keys_;
    std::vector<Group> ports_;                    ///< by port; empty unless byPort()
    std::unordered_map<Key, Group, Hash> groups_;
};

}  // namespace weir::score
