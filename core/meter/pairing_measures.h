// The measures of derived flows (P5): sums, extremes and flags of their records, written straight into the result's
// columns.
#pragma once

#include "core/flow/derived_flows.h"
#include "core/meter/pairing_keys.h"

#include <cstdint>
#include <span>

namespace weir::meter {

flow::ColSet measureColumns();
/// Sizes all columns of `flows` but flowOfRecord.
void resizeColumns(flow::DerivedFlows& flows, std::size_t rows);

/// Some of one bin's flows. Tasks of a bin write different flows, so they may run at the same time.
struct MeasureTask {
    std::size_t bin = 0;             ///< index into BinIndex::bins()
    std::uint32_t base = 0;          ///< first flow of the bin
    std::uint32_t from = 0, to = 0;  ///< flows of this task
    bool sharded =
        false;  ///< flowOfRecord holds final flows | kReversedBit (renumberShards); else numbers in the bin's only unit
};
/// Adds every record of the task's flows, and sets their first record. Makes flowOfRecord final unless sharded.
/// `ended` counts the records that end before they start. Errors: store.
Status addMeasures(const MeasureTask& task, const BinPieces& bin, const flow::ChunkSource& records, ChunkCache& chunks,
                   flow::DerivedFlows& flows, std::uint64_t& ended);

/// Copies the unit's keys to their places from `base` on, and makes the kind bits of these flows final as far as one
/// bin tells.
void finishFlows(const KeyUnit& unit, std::int64_t bin, std::uint32_t base, flow::DerivedFlows& flows);

/// In the rows of a piece: numbers in a shard → flows of the result, keeping kReversedBit.
void renumberShards(const Piece& piece, const flow::ChunkInfo& chunk, std::span<const KeyUnit> units,
                    std::uint32_t base, std::span<std::uint32_t> flowOfRecord);

/// Takes kReversedBit away from the rows of a piece.
void clearNotes(const Piece& piece, const flow::ChunkInfo& chunk, std::span<std::uint32_t> flowOfRecord);

}  // namespace weir::meter
