// Verbs: list the highest values of an element (top), and sums by several keys (aggregate).
#pragma once

#include "core/session/rows/select.h"
#include "core/tally/group.h"

#include <string>
#include <vector>

namespace weir::session {

/// Rows, keys and order of a grouping.
struct TopRequest {
    Query query;                            ///< rows, filter and time range
    std::vector<tally::Keys> alternatives;  ///< tally::keysOf() of an element, or one list for aggregate
    tally::Order order = tally::Order::flows;
    std::uint64_t most = 10;  ///< maximum number of groups, 0 = all
    bool complete = true;     ///< false: sum only flows and what the order needs
};

/// The groups with their names. Immutable. Keeps its snapshot alive.
struct GroupList {
    SnapshotPtr snapshot;
    JudgementPtr judgement;
    TopRequest request;
    tally::Groups groups;
    std::vector<std::string> classes, rules;                       ///< names by the numbers of their keys
    std::vector<std::pair<std::string, std::uint32_t>> exporters;  ///< address (empty = unknown) and observation domain

    std::size_t size() const { return groups.size(); }
    std::size_t keyCount() const { return groups.plan.keys().size(); }
    const tally::KeySpec& key(std::size_t k) const { return groups.plan.keys()[k]; }
    /// The raw value of a key; for keys that are plain numbers.
    std::uint64_t number(std::size_t group, std::size_t k) const { return groups.plan.value(groups.key(group), k); }
    /// The value as text: "192.0.2.1", "53", "Backscatter".
    std::string text(std::size_t group, std::size_t k) const;
    /// Filter for exactly the flows of the group; empty if the filter language has no term for a key.
    std::string filter(std::size_t group) const;
    /// Share of the total, 0..1, by the measure of the order (flows for rates).
    double share(std::size_t group) const;
};
/// Keys whose values are written as numbers.
bool isNumber(tally::Key key);

/// Groups the rows of the query. Errors: badFilter, notFound (signs or flows are not computed yet), cancelled, store.
Result<GroupList> topGroups(const SnapshotPtr& snapshot, const JudgementPtr& judgement, const TopRequest& request,
                            JobContext& job);

}  // namespace weir::session
