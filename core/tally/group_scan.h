// Walking over the flows to group: batch by batch, direction by direction, rows that the filter takes.
#pragma once

#include "core/base/job.h"
#include "core/tally/group_keys.h"

#include <functional>

namespace weir::tally {

/// Rows of a batch: all of the first `n`, or those listed.
struct RowPick {
    const std::uint32_t* rows = nullptr;
    std::size_t n = 0;
};
/// A batch in one direction, on one worker.
struct Visit {
    flow::FilterBatch& batch;
    flow::Side side;
    RowPick pick;
    unsigned worker;
};
/// Calls visit() for every batch and direction with rows to count; not for a reverse direction without packets.
/// `onlyIcmp` leaves other protocols out. At most `threads` threads; each worker has its own batch. Errors: cancelled,
/// store, what visit() gives.
Status scanRows(const GroupInput& input, bool onlyIcmp, unsigned threads, JobContext& job,
                const std::function<Status(const Visit&)>& visit);

/// Counters of a direction.
Status needCounters(const Visit& v, bool packets, bool bytes, bool times);
const std::uint64_t* packetsOf(const Visit& v);
const std::uint64_t* bytesOf(const Visit& v);

/// fn(row) for every row of the pick.
template <class Fn>
void eachRow(const RowPick& pick, Fn&& fn) {
    if (pick.rows)
        for (std::size_t k = 0; k < pick.n; ++k) fn(std::size_t(pick.rows[k]));
    else
        for (std::size_t i = 0; i < pick.n; ++i) fn(i);
}

}  // namespace weir::tally
