// Shown order of rows: one 64-bit key a row, sorted stably.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/rows/query.h"
#include "core/session/rows/row_terms.h"

namespace weir::session {

/// Puts `rows` (ascending) into the order of the field; ties stay in row order, also when descending. A radix sort that
/// skips the bytes all keys share: O(n). Errors: cancelled, store. Keys: addresses in address order, classes in order
/// of declaration with Other and unclassified rows behind, signs by word.
Status orderRows(const Snapshot& snapshot, const SnapshotTerms& terms, Rows kind, Field field, bool descending,
                 Buffer<std::uint32_t>& rows, JobContext& job);

/// The sort itself: reorders `rows` by `keys` (index-aligned; left in sorted order).
bool sortByKey(Buffer<std::uint64_t>& keys, Buffer<std::uint32_t>& rows, JobContext& job);

}  // namespace weir::session
