// Transposes words into bit planes and evaluates rules on them.
#include "core/rules/word_planes.h"

#include <algorithm>
#include <array>
#include <bit>

namespace weir::rules {
namespace {

/// Transposes the two 32 x 32 squares that lie side by side in the rows: bit c of row r becomes bit r of row c, in each
/// half. Swaps halves of the squares, then quarters, and so on.
void transpose(std::array<std::uint64_t, 32>& rows) {
    std::uint64_t mask = 0x0000ffff0000ffffull;
    for (unsigned step = 16; step != 0; step >>= 1, mask ^= mask << step) {
        for (unsigned half = 0; half < 32; half += 2 * step) {
            for (unsigned r = half; r < half + step; ++r) {
                const std::uint64_t swapped = (rows[r] >> step ^ rows[r + step]) & mask;
                rows[r] ^= swapped << step;
                rows[r + step] ^= swapped;
            }
        }
    }
}

}  // namespace

WordPlanes::WordPlanes(std::span<const Word> words) : words_(words.size()) {
    Word any = 0;
    for (const Word w : words) any |= w;
    signs_ = static_cast<unsigned>(std::bit_width(any));
    const std::size_t count = blocks();
    planes_.resize(signs_ * count);
    std::array<Word, 64> block{};
    std::array<std::uint64_t, 32> square;
    for (std::size_t at = 0; at < count; ++at) {
        const auto left = words.subspan(at * 64);
        if (left.size() < 64) block.fill(0);
        std::copy_n(left.begin(), std::min<std::size_t>(64, left.size()), block.begin());
        for (unsigned low = 0; low < signs_; low += 32) {
            for (std::size_t i = 0; i < 32; ++i)
                square[i] = (block[i] >> low & 0xffffffffu) | block[i + 32] >> low << 32;
            transpose(square);
            for (std::size_t sign = low; sign < std::min(signs_, low + 32); ++sign)
                planes_[sign * count + at] = square[sign - low];
        }
    }
}

void WordPlanes::all(std::span<std::uint64_t> out) const {
    std::fill(out.begin(), out.end(), ~std::uint64_t{0});
    if (words_ % 64 != 0) out.back() = (std::uint64_t{1} << words_ % 64) - 1;
}

void WordPlanes::match(Word must, Word mustNot, std::span<std::uint64_t> out) const {
    const Word known = signs_ == 64 ? ~Word{0} : (Word{1} << signs_) - 1;
    if ((must & ~known) != 0) {
        std::fill(out.begin(), out.end(), 0);
        return;
    }
    all(out);
    for (Word left = must; left != 0; left &= left - 1) {
        const auto sign = plane(static_cast<unsigned>(std::countr_zero(left)));
        for (std::size_t i = 0; i < out.size(); ++i) out[i] &= sign[i];
    }
    for (Word left = mustNot & known; left != 0; left &= left - 1) {
        const auto sign = plane(static_cast<unsigned>(std::countr_zero(left)));
        for (std::size_t i = 0; i < out.size(); ++i) out[i] &= ~sign[i];
    }
}

void WordPlanes::matchOne(Word group, std::span<std::uint64_t> out) const {
    std::fill(out.begin(), out.end(), 0);
    std::vector<std::uint64_t> more(out.size());
    for (unsigned s = 0; s < signs_; ++s) {
        if ((group >> s & 1) == 0) continue;
        const auto sign = plane(s);
        for (std::size_t i = 0; i < out.size(); ++i) {
            more[i] |= out[i] & sign[i];
            out[i] |= sign[i];
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i) out[i] &= ~more[i];
}

}  // namespace weir::rules
