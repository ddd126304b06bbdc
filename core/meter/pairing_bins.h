// Which rows start in which time bin: the first step of pairing.
#pragma once

#include "core/base/buffer.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::meter {

/// Rows of one chunk that start in one bin.
struct Piece {
    std::uint32_t chunk = 0;
    std::uint32_t count = 0;
    const std::uint16_t* offsets = nullptr;  ///< ascending rows of the chunk; nullptr = 0..count
};

struct BinPieces {
    std::int64_t bin = 0;
    std::uint64_t rows = 0;
    std::span<const Piece> pieces;  ///< in file order
};

/// Floor of time / interval, also before 1970.
constexpr std::int64_t binOf(std::int64_t timeUs, std::int64_t intervalUs) {
    return timeUs / intervalUs - (timeUs % intervalUs < 0 ? 1 : 0);
}

/// Cuts every chunk by the bin of its rows' start. Chunks whose zone map lies in one bin are not read. Memory: 2 bytes
/// a row of the others. O(rows) whatever their order. Rows whose bit is set in `removed` (64 project rows a word; empty
/// = none) are in no bin.
class BinIndex {
public:
    static Result<BinIndex> build(const flow::ChunkSource& records, std::int64_t intervalUs,
                                  std::span<const std::uint64_t> removed, JobContext& job);
    std::span<const BinPieces> bins() const { return bins_; }  ///< ascending

private:
    std::vector<Buffer<std::uint16_t>> offsets_;  ///< by chunk
    std::vector<Piece> pieces_;
    std::vector<BinPieces> bins_;
};

}  // namespace weir::meter
