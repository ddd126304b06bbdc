// Frame-of-reference bit packing: integers as small offsets from the lowest value of their block. After Goldstein,
// Ramakrishnan and Shaft 1998; exceptions after Zukowski et al. 2006 (PFOR).
#pragma once

#include "core/base/buffer.h"

#include <cstddef>
#include <span>

namespace weir::store {

/// Encoded data.
using Bytes = Buffer<std::byte>;

/// Lowest and highest value.
template <class T>
struct ValueRange {
    T low{}, high{};
};
/// Ranges of a column: of all its values, and of each block of 128.
template <class T>
struct Spread {
    ValueRange<T> all;             ///< zeros if there are no values
    Buffer<ValueRange<T>> blocks;  ///< the last block may have fewer values
};
/// Computes the ranges; one pass over the values.
template <class T>
Spread<T> spreadOf(std::span<const T> values);

/// Appends the packed form of `values` to `out`, little endian; for_codec.cpp has the layout. REQUIRES: `spread` is
/// spreadOf(values). T: std::int64_t, std::uint64_t, _32_t, _16_t or _8_t; any values, also none. Each block of 128
/// values has the width that its own range needs. In 64-bit columns a few high values per block are stored apart as
/// exceptions, and if all values are a multiple of a millisecond or a second (in µs) apart, they are divided by it
/// first. Thread-safe. About 0.5 G values/s.
template <class T>
void encodeFor(std::span<const T> values, const Spread<T>& spread, Bytes& out);

/// Fills `out` from bytes that encodeFor() wrote for out.size() values. Returns false if lengths or widths do not fit
/// such bytes; values damaged otherwise are not noticed. Never reads outside of `in`. Thread-safe. About 1 G values/s.
template <class T>
bool decodeFor(std::span<const std::byte> in, std::span<T> out);

}  // namespace weir::store
