// Columns of few different bytes, as protocols and TCP flags are, in codes of 1 to 4 bits.
#pragma once

#include "core/store/for_codec.h"

#include <cstdint>
#include <span>

namespace weir::store {

/// Appends u8 number of values, the values ascending, then a code of bit_width(number - 1) bits for each place, from
/// the lowest bit on. False, and nothing appended: one value or more than 16, or so uneven that entropy coding takes
/// less than half of it. Decodes ten times as fast as zstd.
bool appendCodes(std::span<const std::uint8_t> values, Bytes& out);

/// False: not what appendCodes wrote for so many values. Never reads past `in`.
bool readCodes(std::span<const std::byte> in, std::span<std::uint8_t> out);

}  // namespace weir::store
