// A sign word: one bit per sign that holds for a flow.
#pragma once

#include <cstdint>

namespace weir::signs {

/// The low bits are the signs of a family, in the order of its definitions; user signs have the bits above them.
using SignWord = std::uint64_t;
inline constexpr unsigned kMaxSigns = 64;

/// The word in which only this bit is set. REQUIRES: bit < kMaxSigns.
constexpr SignWord wordOf(unsigned bit) { return SignWord{1} << bit; }

}  // namespace weir::signs
