// Where records come from, chunk by chunk: the project file, or memory in tests.
#pragma once

#include "core/base/result.h"
#include "core/flow/address_table.h"
#include "core/flow/schema.h"

#include <cstdint>
#include <span>

namespace weir::flow {

inline constexpr std::size_t kChunkRows = 65536;  ///< most rows of a chunk; chunks may be shorter, anywhere

/// Rows are numbered through the project: sources in order of import, records in order of their file.
struct ChunkInfo {
    std::uint32_t source = 0;                 ///< number of the source
    std::uint64_t firstRow = 0;               ///< of the project
    std::uint32_t rows = 0;                   ///< 1..kChunkRows
    std::int64_t startMin = 0, startMax = 0;  ///< zone map of Col::start, µs
};

/// Immutable snapshot of the records of a project. All calls are thread-safe.
class ChunkSource {
public:
    virtual ~ChunkSource() = default;
    virtual std::span<const ChunkInfo> chunks() const = 0;
    virtual std::uint64_t rows() const = 0;
    virtual const AddressTable& addresses() const = 0;
    /// Fills the wanted columns of `out` (ids are those of addresses()), empties the others. A column that is zero
    /// throughout may stay empty when it is optional. Cost: one blob and one decode a column.
    virtual Status read(std::size_t chunk, ColSet wanted, RecordColumns& out) const = 0;
    /// Lowest and highest value of a column in a chunk (as int64; ids as of addresses()). False where unknown.
    virtual bool zone(std::size_t chunk, Col column, std::int64_t& lo, std::int64_t& hi) const = 0;
};

/// Place of a project row: chunk number and row in it. REQUIRES: row < source.rows().
struct RowPlace {
    std::size_t chunk = 0;
    std::uint32_t row = 0;
};
RowPlace placeOf(const ChunkSource& source, std::uint64_t row);

}  // namespace weir::flow
