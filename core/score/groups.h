// Flows of one test, summed by the values that it groups by.
#pragma once

#include "core/flow/filter_batch.h"
#include "core/score/distinct.h"
#include "core/score/profile.h"

#include <array>
#include <span>
#include <unordered_map>
#include <vector>

namespace weir::score {

/// One direction of a batch. `mask`: 1 = the row takes part.
struct Rows {
    const flow::RecordColumns& columns;
    flow::Side side;
    std::span<const std::uint8_t> mask;
};

/// Not thread-safe while it is filled. Ports alone are kept in arrays, all else in a hash table.
class Groups {
public:
    /// What the test groups by and asks for.
    explicit Groups(const Test& test);

    /// What add() and keep() read of records.
    flow::ColSet columns() const;
    bool byPort() const { return keys_.size() == 1 && (keys_[0].value == GroupKey::Value::srcPort || keys_[0].value == GroupKey::Value::dstPort); }
    void add(const Rows& rows);
    void merge(Groups& other);
    /// From here on only the groups count for which all of the test's conditions hold.
    void judge();
    /// By port, 1 = its group counts. REQUIRES judge(), byPort().
    std::span<const std::uint8_t> ports() const { return portCounts_; }
    bool bySourcePort() const { return keys_[0].value == GroupKey::Value::srcPort; }
    /// The row's group counts. REQUIRES judge(), not byPort(), and that the row took part.
    bool counts(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;
    /// Of the row's group; measures that no condition asks for are 0. nullptr: nobody of the group took part. REQUIRES judge().
    const Sums* sumsOf(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;

private:
    static constexpr std::size_t kMostKeys = 6;  ///< each value once
    using Key = std::array<std::int64_t, kMostKeys>;
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    struct Group {
        std::uint32_t number = 0;   ///< in the order of coming
        Sums sums;
        bool counts = false;
    };
    Group& groupOf(const Key& key);
    Key keyOf(const flow::RecordColumns& columns, flow::Side side, std::size_t row) const;
    bool asks(Measure measure) const;
    void addDistinct(const Rows& rows);
    bool holds(const Sums& sums) const;
    void addPorts(const Rows& rows);
    void takeLatest();

    std::vector<GroupKey> keys_;
    std::vector<Having> having_;
    std::vector<Sums> ports_;               ///< by port; empty unless byPort()
    /// The latest rows by port: flows, and packets above bit 32, in one word so that as many ports as can be stay in the cache.
    std::vector<std::uint64_t> latest_;
    std::size_t latestRows_ = 0;
    std::vector<std::uint8_t> portCounts_;
    std::unordered_map<Key, Group, Hash> groups_;
    struct Asked {
        GroupKey value;
        DistinctCounts counts;
    };
    std::vector<Asked> distinct_;
};

}  // namespace weir::score
