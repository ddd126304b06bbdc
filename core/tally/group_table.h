// The sums of groups while flows are counted: an array by value if there are few values, else a hash table. One per
// worker.
#pragma once

#include "core/tally/group_scan.h"

#include <memory>

namespace weir::tally {

/// What is summed besides flows.
enum class Measure : std::uint8_t { flows, packets, bytes, all };

/// The sums of one worker's groups.
class GroupTable {
public:
    virtual ~GroupTable() = default;
    /// Adds the rows of the visit, keyed by alternative `alternative` of the keys.
    virtual Status add(const Visit& v, std::size_t alternative) = 0;
};

/// Makes the workers' tables and merges them. Threads merge by parts, so the result does not depend on their number.
class GroupTables {
public:
    virtual ~GroupTables() = default;
    virtual std::unique_ptr<GroupTable> make() = 0;
    /// Offers every group to `highest[part]`; returns how many groups there are. `tables` may hold nullptr.
    virtual std::uint64_t collect(std::span<const std::unique_ptr<GroupTable>> tables,
                                  std::vector<Highest>& highest) = 0;
};

/// The prepared keys of a grouping, shared by all of its tables.
struct KeySets {
    const GroupInput& input;
    std::vector<Keys> alternatives;                      ///< 1, or 2 when a flow counts for both of its ends
    KeyPlan plan;                                        ///< of the first alternative; the second has the same widths
    std::vector<std::vector<Buffer<flow::HostId>>> cut;  ///< by alternative and key

    KeySets(const GroupInput& input, std::vector<Keys> alternatives);
    KeyReader reader(std::size_t alternative) const { return {input, alternatives[alternative], cut[alternative]}; }
};

/// Tables as arrays by value. REQUIRES: one key, whose domain is not 0.
std::unique_ptr<GroupTables> denseTables(const KeySets& keys, Measure measure);
/// Hash tables for any keys; they sum all measures.
std::unique_ptr<GroupTables> hashedTables(const KeySets& keys);

}  // namespace weir::tally
