// Writing the records of one source.
#pragma once

#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/store/stored_types.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::store {

/// Writes the chunks of one source, one source at a time. Nothing is visible before finish(); destroyed without it,
/// nothing is left behind. Column encoding runs on the calling threads; put() may be called from several threads at
/// once.
class SourceWriter {
public:
    virtual ~SourceWriter() = default;
    /// Encodes and inserts rows [from, from + n) of all columns but src and dst as a chunk of 1 to kChunkRows rows.
    /// Chunk numbers grow in file order (gaps are fine), each is put once, in any order.
    virtual Status putRows(std::uint32_t chunk, const flow::RecordColumns& columns, std::size_t from,
                           std::size_t n) = 0;
    Status putColumns(std::uint32_t chunk, const flow::RecordColumns& columns) {
        return putRows(chunk, columns, 0, columns.size());
    }
    /// Encodes and inserts final ids (in the id space of `addresses` given to finish).
    virtual Status putIds(std::uint32_t chunk, std::span<const flow::HostId> src,
                          std::span<const flow::HostId> dst) = 0;
    /// Forgets all chunks put so far. No other call may be running.
    virtual Status clear() = 0;
    /// Commits durably. Returns the source's number.
    virtual Result<std::uint32_t> finish(const SourceInfo& info, const flow::AddressTable& addresses) = 0;
};

}  // namespace weir::store
