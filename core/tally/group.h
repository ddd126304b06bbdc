// Grouping flows by one key or several: sums of each group, the highest first.
#pragma once

#include "core/tally/group_rows.h"
#include "core/tally/group_scan.h"

namespace weir::tally {

struct GroupRequest {
    std::vector<Keys>
        alternatives;  ///< one list of keys; two when a flow counts for either end (lists of the same length and kinds)
    Order order = Order::flows;
    std::uint64_t most = 10;  ///< groups to list; 0 = all
    bool complete = true;     ///< false: only flows and what the order needs, which reads fewer columns
};

/// Reads only the columns it needs, threaded over chunks; equal for any number of threads. Values below 65,536 and
/// hosts are counted in arrays, all else in hash tables. When few groups are wanted, a first pass finds them by flows
/// and order alone and a second one sums the rest for them. Every record counts as one flow per direction with packets;
/// flows without ICMP are left out when icmp is a key. Errors: cancelled, store.
Result<Groups> groupRows(const GroupInput& input, const GroupRequest& request, JobContext& job);

}  // namespace weir::tally
