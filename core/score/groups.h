// Sums of the flows of one test, by its `group by` values.
#pragma once

#include "core/score/distinct.h"
#include "core/score/group_map.h"
#include "core/score/profile.h"
#include "core/score/rows.h"

#include <span>
#include <vector>

namespace weir::score {

/// The groups of one test. Not thread-safe while it is filled. A single port key uses arrays, any other key a hash
/// table.
class Groups {
public:
    /// Takes the keys and conditions of `test`.
    explicit Groups(const Test& test);

    /// Columns that add() and counts() read.
    flow::ColSet columns() const;
    bool byPort() const {
        return keys_.size() == 1 &&
               (keys_[0].value == GroupKey::Value::srcPort || keys_[0].value == GroupKey::Value::dstPort);
    }
    void add(const Rows& rows);
    void merge(Groups& other);
    /// Call once after the last record: evaluates the conditions. From then on only groups that satisfy all of them
    /// count.
    void judge();
    /// By port, 1 = its group counts. REQUIRES judge(), byPort().
    std::span<const std::uint8_t> ports() const { return portCounts_; }
    bool bySourcePort() const { return keys_[0].value == GroupKey::Value::srcPort; }
    /// True when the row's group counts. REQUIRES: judge() was called, not byPort(), and the row was passed to add().
    bool counts(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;
    /// Sums of the row's group; measures that no condition uses are 0. nullptr when no row of the group was added, or
    /// (unless byPort()) the group does not count. REQUIRES judge().
    const Sums* sumsOf(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;

private:
    GroupId idOf(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;
    bool asks(Measure measure) const;
    void addHashed(const Rows& rows);
    void addDistinct(const Rows& rows, std::span<const std::uint32_t> taken, std::span<const std::uint32_t> groups);
    void keepThoseThatCount();
    bool holds(const Sums& sums) const;
    void addPorts(const Rows& rows);
    void takeLatest();

    std::vector<GroupKey> keys_;
    std::vector<Having> having_;
    std::vector<Sums> ports_;  ///< by port; empty unless byPort()
    /// The latest rows by port: flows in the low and packets in the high 32 bits of one word, so that more ports fit
    /// into the cache.
    std::vector<std::uint64_t> latest_;
    std::size_t latestRows_ = 0;
    std::vector<std::uint8_t> portCounts_;
    GroupMap map_;                                ///< unless byPort(); after judge() only groups that count
    std::vector<Sums> sums_;                      ///< by number in map_
    std::vector<std::uint32_t> taken_, numbers_;  ///< rows of a batch that the filter matches, and their groups
    std::vector<GroupId> ids_;
    struct Asked {
        GroupKey value;
        DistinctCounts counts;
    };
    std::vector<Asked> distinct_;
};

}  // namespace weir::score
