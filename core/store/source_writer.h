// Writing the records of one source.
#pragma once

#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/store/stored_types.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::store {

/// Writes the chunks of one source. Nobody sees the source before finish(); a writer destroyed earlier leaves nothing.
/// The put functions may be called from several threads at once and encode on the calling thread; the project must
/// outlive the writer. Errors of all calls: store, io (the file was moved or deleted), busy (another program did not
/// finish writing in time).
class SourceWriter {
public:
    virtual ~SourceWriter() = default;
    /// Encodes rows [from, from + n) of all columns but src and dst, and inserts them as chunk number `chunk`, with 1
    /// to kChunkRows rows. Numbers ascend in the order of the file; gaps are fine. Each number is put once, in any
    /// order. Errors: usage (n is out of range).
    virtual Status putRows(std::uint32_t chunk, const flow::RecordColumns& columns, std::size_t from,
                           std::size_t n) = 0;
    /// putRows() of all rows.
    Status putColumns(std::uint32_t chunk, const flow::RecordColumns& columns) {
        return putRows(chunk, columns, 0, columns.size());
    }
    /// Encodes and inserts the columns src and dst of a chunk: final host ids, as of the `addresses` given to finish().
    /// Errors: usage (the columns are empty or differ in length).
    virtual Status putIds(std::uint32_t chunk, std::span<const flow::HostId> src,
                          std::span<const flow::HostId> dst) = 0;
    /// Deletes all chunks put so far. No other call may be running.
    virtual Status clear() = 0;
    /// Writes addresses and description, commits durably, and makes the source visible. Returns its number.
    virtual Result<std::uint32_t> finish(const SourceInfo& info, const flow::AddressTable& addresses) = 0;
};

}  // namespace weir::store
