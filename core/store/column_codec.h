// Columns as self-describing blobs with a checksum.
#pragma once

#include "core/base/result.h"
#include "core/store/for_codec.h"

#include <cstdint>
#include <span>

namespace weir::store {

/// Preferred way to pack a column. The blob states the codec used in the end: a smaller form wins.
enum class Packing : std::uint8_t {
    offsets,     ///< frame of reference, or raw if that is no larger: times, ids, counters, ports
    entropy,     ///< for few, repeating values (protocol, flags, ICMP type): codes of few bits; places and values if
                 ///< nearly all values are 0; or zstd level 1
    dictionary,  ///< codes into the distinct values of the chunk, then zstd level 1: sign words
};

/// Appends a blob of `values` to `out`: u8 codec, u8 bytes per value, u16 0, u32 number of values, u64 checksum of the
/// payload, payload; little endian. T as in for_codec.h. Returns the range of the values, zeros if there are none.
/// Thread-safe.
template <class T>
ValueRange<T> encodeColumn(std::span<const T> values, Packing packing, Bytes& out);

/// Fills `out` from a blob of exactly out.size() values of T. Never reads past the blob. Errors: kDamaged (damage.h) if
/// the blob is anything else; the text says what is wrong, such as "the checksum is wrong". Thread-safe.
template <class T>
Status decodeColumn(std::span<const std::byte> blob, std::span<T> out);

/// Number of values that a blob states; 0 if it is too short to have a header. Not checked against the payload.
std::size_t columnRows(std::span<const std::byte> blob);
/// Lower bound in bytes of a blob with that many 64-bit values under Packing::offsets.
std::int64_t columnBytes(std::size_t rows);

}  // namespace weir::store
