// A filter over all records or all derived flows of a project.
#pragma once

#include "core/base/job.h"
#include "core/flow/filter.h"

namespace weir::flow {

struct ScanOptions {
    bool rows = true;     ///< collect row numbers
    bool totals = false;  ///< sum packets and bytes (reads two more columns)
};
/// A bidirectional record counts as two directions when its reverse packets > 0, each matched with its own ends, flags
/// and counters; the row is taken when either of them is. On one-directional input rows == directions. Derived flows
/// are one row and one direction each.
struct ScanResult {
    Buffer<std::uint32_t> picked;  ///< rows taken, ascending (with ScanOptions::rows)
    Buffer<std::uint8_t>
        sides;  ///< by `picked`: 1 = forward, 2 = reverse, 3 = both; empty when every row is forward only
    std::uint64_t rows = 0, directions = 0;
    std::uint64_t packets = 0, bytes = 0;  ///< of the directions taken (with ScanOptions::totals)
};

/// Threaded over chunks; equal for any number of threads. Errors: cancelled, store.
Result<ScanResult> scanRecords(const ChunkSource& records, const Filter& filter, const FilterTerms& terms,
                               ScanOptions options, JobContext& job);
/// `records` are those the flows were made of; null: carried columns read zero.
Result<ScanResult> scanDerived(const DerivedFlows& flows, const ChunkSource* records, const Filter& filter,
                               const FilterTerms& terms, ScanOptions options, JobContext& job);

}  // namespace weir::flow
