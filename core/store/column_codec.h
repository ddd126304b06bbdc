// Columns as self-describing, checked blobs.
#pragma once

#include "core/base/result.h"
#include "core/store/for_codec.h"

#include <cstdint>
#include <span>

namespace weir::store {

/// How a column is written; the blob itself says what was chosen in the end (a smaller form wins).
enum class Packing : std::uint8_t {
    offsets,     ///< frame of reference, or raw where that is no smaller: times, ids, counters, ports
    entropy,     ///< codes of few bits, places and values where nearly all are 0, or zstd-1: few values that repeat
                 ///< (protocol, flags, ICMP type)
    dictionary,  ///< codes into the chunk's distinct values, then zstd-1: sign words
};

/// Appends a blob of `values` to `out`: u8 codec, u8 bytes of a value, u16 0, u32 number of values, u64 checksum of the
/// payload, payload. T as in for_codec.h. Returns the values' range. Thread-safe.
template <class T>
ValueRange<T> encodeColumn(std::span<const T> values, Packing packing, Bytes& out);

/// Fills `out` from a blob of exactly out.size() values of T. Errors: truncated (damage), when the blob is anything
/// else; it is never read past its end.
template <class T>
Status decodeColumn(std::span<const std::byte> blob, std::span<T> out);

/// Number of values a blob claims to hold; 0 when it is too short to say.
std::size_t columnRows(std::span<const std::byte> blob);
/// No blob of so many 64-bit values that were packed as Packing::offsets is shorter.
std::int64_t columnBytes(std::size_t rows);

}  // namespace weir::store
