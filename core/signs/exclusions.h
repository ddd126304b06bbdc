// What the definitions of a family exclude, as masks. Evaluated while compiling: an unknown name does not compile.
#pragma once

#include "core/signs/sign_def.h"
#include "core/signs/sign_word.h"

#include <array>
#include <bit>
#include <cstddef>
#include <string_view>

namespace weir::signs {

template <std::size_t N>
struct Exclusions {
    std::array<SignWord, N> excluded{};  ///< by bit: the signs that cannot hold together with it
    std::array<SignWord, N> group{};     ///< by bit: all signs of its group; 0 = in none

    /// Cost: O(N).
    constexpr bool obeyedBy(SignWord word) const {
        for (std::size_t bit = 0; bit < N; ++bit) {
            if ((word >> bit & 1) != 0 && (word & excluded[bit]) != 0) return false;
            if (group[bit] != 0 && std::popcount(word & group[bit]) != 1) return false;
        }
        return true;
    }
};

/// The bit of a sign among the definitions. Throws, and so does not compile, when there is none.
template <std::size_t N>
constexpr std::size_t bitOfId(const std::array<SignDef, N>& defs, std::string_view id) {
    for (std::size_t bit = 0; bit < N; ++bit)
        if (defs[bit].id == id) return bit;
    throw "a sign excludes one that does not exist";
}

template <std::size_t N>
constexpr Exclusions<N> exclusionsOf(const std::array<SignDef, N>& defs) {
    Exclusions<N> out;
    for (std::size_t bit = 0; bit < N; ++bit) {
        for (std::string_view rest = defs[bit].excludes; !rest.empty();) {
            const std::size_t end = rest.find(' ');
            const std::size_t other = bitOfId(defs, rest.substr(0, end));
            out.excluded[bit] |= SignWord{1} << other;
            out.excluded[other] |= SignWord{1} << bit;
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
        if (defs[bit].group.empty()) continue;
        for (std::size_t other = 0; other < N; ++other)
            if (defs[other].group == defs[bit].group) out.group[bit] |= SignWord{1} << other;
    }
    return out;
}

}  // namespace weir::signs
