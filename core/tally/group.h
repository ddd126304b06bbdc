// Groups flows by one or several keys, with the sums of each group, highest first.
#pragma once

#include "core/tally/group_rows.h"
#include "core/tally/group_scan.h"

namespace weir::tally {

/// What to group by, and which groups to return.
struct GroupRequest {
    /// One key list; two when a flow counts for both of its ends (lists of equal length and kinds).
    std::vector<Keys> alternatives;
    Order order = Order::flows;
    std::uint64_t most = 10;  ///< groups to list; 0 = all
    bool complete = true;     ///< false: sum only flows and what the order needs, which reads fewer columns
};

/// Groups the flows. Reads only the columns it needs, threaded over chunks; the result does not depend on the number of
/// threads. Hosts and values below 65,536 are counted in arrays, all else in hash tables. If few groups are requested,
/// a first pass finds them by flows and order, and a second one sums the other measures. Each record counts as one flow
/// per direction with packets; if icmp is a key, other protocols are excluded. Errors: cancelled, store.
Result<Groups> groupRows(const GroupInput& input, const GroupRequest& request, JobContext& job);

}  // namespace weir::tally
