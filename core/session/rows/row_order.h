// The order of rows: one 64-bit key per row, sorted stably.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/rows/query.h"
#include "core/session/rows/row_terms.h"

namespace weir::session {

/// Sorts `rows` (ascending on entry) by the field; ties stay in row order, also when descending. Addresses sort by
/// value, classes by declaration with Other and unclassified rows last, signs by word. Cost: O(n), a radix sort that
/// skips bytes equal in all keys. Errors: cancelled, store.
Status orderRows(const Snapshot& snapshot, const SnapshotTerms& terms, Rows kind, Field field, bool descending,
                 Buffer<std::uint32_t>& rows, JobContext& job);

/// Sorts `rows` by `keys` (same indices; sorted on return).
bool sortByKey(Buffer<std::uint64_t>& keys, Buffer<std::uint32_t>& rows, JobContext& job);

}  // namespace weir::session
