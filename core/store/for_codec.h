// Frame-of-reference bit packing: whole numbers as small offsets from the lowest of their block.
#pragma once

#include "core/base/buffer.h"

#include <cstddef>
#include <span>

namespace weir::store {

using Bytes = Buffer<std::byte>;

template <class T>
struct ValueRange {
    T low, high;
};
/// Lowest and highest value. REQUIRES: not empty.
template <class T>
ValueRange<T> rangeOf(std::span<const T> values);

/// Appends the packed form of `values` to `out`. T: std::int64_t, std::uint64_t, _32_t, _16_t, _8_t; any values, also the extremes.
/// 128 values a block, each block at the width its own spread needs, few high values of 64-bit columns set aside as exceptions; 64-bit columns whose values lie a whole number of milliseconds
/// or seconds (in µs) apart are divided first. Little endian. About 0.5 G values/s.
template <class T>
void encodeFor(std::span<const T> values, Bytes& out);

/// Fills `out` from bytes that encodeFor() made of out.size() values. False: not such bytes (lengths or widths do not fit); never reads
/// outside of `in`. About 1 G values/s.
template <class T>
bool decodeFor(std::span<const std::byte> in, std::span<T> out);

}  // namespace weir::store
