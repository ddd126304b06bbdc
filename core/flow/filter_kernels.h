// The loops of a filter: one column in, one byte (0 or 1) a row out. No branches on data.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weir::flow::kernel {

/// out[i] = lo <= v[i] <= lo + width (unsigned arithmetic of the column's type).
void inRange(const std::uint8_t* v, std::size_t n, std::uint8_t lo, std::uint8_t width, std::uint8_t* out);
void inRange(const std::uint16_t* v, std::size_t n, std::uint16_t lo, std::uint16_t width, std::uint8_t* out);
void inRange(const std::uint32_t* v, std::size_t n, std::uint32_t lo, std::uint32_t width, std::uint8_t* out);
void inRange(const std::uint64_t* v, std::size_t n, std::uint64_t lo, std::uint64_t width, std::uint8_t* out);
void inRange(const std::int64_t* v, std::size_t n, std::int64_t lo, std::int64_t hi, std::uint8_t* out);

/// out[i] = table[v[i]] & bits, as 0 or 1.
void lookUp(const std::uint16_t* v, std::size_t n, const std::uint8_t* table, std::uint8_t* out);
void lookUp(const std::uint32_t* v, std::size_t n, const std::uint8_t* table, std::uint8_t* out);
/// The port of an ICMP record: port | typeCode (one of the two is 0).
void merged(const std::uint16_t* port, const std::uint16_t* typeCode, std::size_t n, std::uint16_t* out);

void allBits(const std::uint8_t* v, std::size_t n, std::uint8_t mask, std::uint8_t* out);  ///< (v & mask) == mask
void anyBit(const std::uint8_t* v, std::size_t n, std::uint8_t mask, std::uint8_t* out);   ///< (v & mask) != 0
void anyBit(const std::uint64_t* v, std::size_t n, std::uint64_t mask, std::uint8_t* out);

void andInto(std::uint8_t* a, const std::uint8_t* b, std::size_t n);
void orInto(std::uint8_t* a, const std::uint8_t* b, std::size_t n);
void invert(std::uint8_t* a, std::size_t n);
std::size_t count(const std::uint8_t* a, std::size_t n);  ///< of ones
/// Appends base + i for every one; out has room for n. Returns how many.
std::size_t select(const std::uint8_t* a, std::size_t n, std::uint32_t base, std::uint32_t* out);

}  // namespace weir::flow::kernel
