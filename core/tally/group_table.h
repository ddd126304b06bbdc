// Where the sums of groups are kept while flows are counted: an array by value where values are few, else a hash table.
// One per worker.
#pragma once

#include "core/tally/group_scan.h"

#include <memory>

namespace weir::tally {

/// What is summed beside flows.
enum class Measure : std::uint8_t { flows, packets, bytes, all };

class GroupTable {
public:
    virtual ~GroupTable() = default;
    /// Adds the rows of the visit, keyed by alternative `alternative` of the keys.
    virtual Status add(const Visit& v, std::size_t alternative) = 0;
};

/// Tables of all workers and what becomes of them. Threads take parts, so that the result is the same for any number of
/// them.
class GroupTables {
public:
    virtual ~GroupTables() = default;
    virtual std::unique_ptr<GroupTable> make() = 0;
    /// Offers every group to `highest[part]`; returns how many groups there are. `tables` may hold nullptr.
    virtual std::uint64_t collect(std::span<const std::unique_ptr<GroupTable>> tables,
                                  std::vector<Highest>& highest) = 0;
};

/// The keys to count by, ready to be read: what all tables of a grouping share.
struct KeySets {
    const GroupInput& input;
    std::vector<Keys> alternatives;                      ///< 1, or 2 when a flow counts for either end
    KeyPlan plan;                                        ///< of the first; the other has the same widths
    std::vector<std::vector<Buffer<flow::HostId>>> cut;  ///< by alternative and key

    KeySets(const GroupInput& input, std::vector<Keys> alternatives);
    KeyReader reader(std::size_t alternative) const { return {input, alternatives[alternative], cut[alternative]}; }
};

/// REQUIRES: one key, whose domain is not 0.
std::unique_ptr<GroupTables> denseTables(const KeySets& keys, Measure measure);
/// All measures.
std::unique_ptr<GroupTables> hashedTables(const KeySets& keys);

}  // namespace weir::tally
