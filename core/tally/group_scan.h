// Scans the flows to group: by batch and direction, the rows that match the filter.
#pragma once

#include "core/base/job.h"
#include "core/tally/group_keys.h"

#include <functional>

namespace weir::tally {

/// Rows of a batch: the first `n`, or the `n` rows listed.
struct RowPick {
    const std::uint32_t* rows = nullptr;
    std::size_t n = 0;
};
/// A batch, read in one direction by one worker.
struct Visit {
    flow::FilterBatch& batch;
    flow::Side side;
    RowPick pick;
    unsigned worker;
};
/// Calls visit() for every batch and direction with rows to count, except reverse directions without packets.
/// `onlyIcmp` skips other protocols. Uses at most `threads` threads; each worker has its own batch. Errors: cancelled,
/// store, and those of visit().
Status scanRows(const GroupInput& input, bool onlyIcmp, unsigned threads, JobContext& job,
                const std::function<Status(const Visit&)>& visit);

/// Fetches the counters of a direction.
Status needCounters(const Visit& v, bool packets, bool bytes, bool times);
const std::uint64_t* packetsOf(const Visit& v);
const std::uint64_t* bytesOf(const Visit& v);

/// Calls fn(row) for every selected row.
template <class Fn>
void eachRow(const RowPick& pick, Fn&& fn) {
    if (pick.rows)
        for (std::size_t k = 0; k < pick.n; ++k) fn(std::size_t(pick.rows[k]));
    else
        for (std::size_t i = 0; i < pick.n; ++i) fn(i);
}

}  // namespace weir::tally
