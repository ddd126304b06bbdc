// Frame-of-reference bit packing: whole numbers as small offsets from the lowest of their block.
#pragma once

#include "core/base/buffer.h"

#include <cstddef>
#include <span>

namespace weir::store {

using Bytes = Buffer<std::byte>;

template <class T>
struct ValueRange {
    T low{}, high{};
};
/// Where values lie: all of them, and 128 at a time.
template <class T>
struct Spread {
    ValueRange<T> all;  ///< zeros without values
    Buffer<ValueRange<T>> blocks;
};
template <class T>
Spread<T> spreadOf(std::span<const T> values);

/// Appends the packed form of `values` to `out`. REQUIRES: `spread` is theirs. T: std::int64_t, std::uint64_t, _32_t,
/// _16_t, _8_t; any values, also the extremes and none. 128 values a block, each block at the width its own spread
/// needs, few high values of 64-bit columns set aside as exceptions; 64-bit columns whose values lie a whole number of
/// milliseconds or seconds (in µs) apart are divided first. Little endian. About 0.5 G values/s.
template <class T>
void encodeFor(std::span<const T> values, const Spread<T>& spread, Bytes& out);

/// Fills `out` from bytes that encodeFor() made of out.size() values. False: not such bytes (lengths or widths do not
/// fit); never reads outside of `in`. About 1 G values/s.
template <class T>
bool decodeFor(std::span<const std::byte> in, std::span<T> out);

}  // namespace weir::store
