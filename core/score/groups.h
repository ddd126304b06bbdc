// Flows of one test, summed by the values that it groups by.
#pragma once

#include "core/score/distinct.h"
#include "core/score/group_map.h"
#include "core/score/profile.h"
#include "core/score/rows.h"

#include <span>
#include <vector>

namespace weir::score {

/// Not thread-safe while it is filled. Ports alone are kept in arrays, all else in a hash table.
class Groups {
public:
    /// What the test groups by and asks for.
    explicit Groups(const Test& test);

    /// What add() and keep() read of records.
    flow::ColSet columns() const;
    bool byPort() const {
        return keys_.size() == 1 &&
               (keys_[0].value == GroupKey::Value::srcPort || keys_[0].value == GroupKey::Value::dstPort);
    }
    void add(const Rows& rows);
    void merge(Groups& other);
    /// From here on only the groups count for which all of the test's conditions hold.
    void judge();
    /// By port, 1 = its group counts. REQUIRES judge(), byPort().
    std::span<const std::uint8_t> ports() const { return portCounts_; }
    bool bySourcePort() const { return keys_[0].value == GroupKey::Value::srcPort; }
    /// The row's group counts. REQUIRES judge(), not byPort(), and that the row took part.
    bool counts(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;
    /// Of the row's group; measures that no condition asks for are 0. nullptr: nobody of the group took part, or (not
    /// byPort()) it does not count. REQUIRES judge().
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
    /// The latest rows by port: flows, and packets above bit 32, in one word so that as many ports as can be stay in
    /// the cache.
    std::vector<std::uint64_t> latest_;
    std::size_t latestRows_ = 0;
    std::vector<std::uint8_t> portCounts_;
    GroupMap map_;                                ///< unless byPort(); after judge() only groups that count
    std::vector<Sums> sums_;                      ///< by number in map_
    std::vector<std::uint32_t> taken_, numbers_;  ///< rows of a batch that take part, and their groups
    std::vector<GroupId> ids_;
    struct Asked {
        GroupKey value;
        DistinctCounts counts;
    };
    std::vector<Asked> distinct_;
};

}  // namespace weir::score
