// Words as bit planes: a rule is evaluated on 64 words at a time.
#pragma once

#include "core/rules/rule_set.h"

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::rules {

/// Immutable. Bit i % 64 of block i / 64 of plane s = word i has sign s. Cost: about 3 ns per word to build; k
/// operations per 64 words for a rule of k signs.
class WordPlanes {
public:
    WordPlanes() = default;
    explicit WordPlanes(std::span<const Word> words);

    std::size_t words() const { return words_; }
    std::size_t blocks() const { return (words_ + 63) / 64; }
    /// Sets bit i of `out` if the rule matches word i; `out` has blocks() elements. Bits after the last word are 0.
    void match(const Rule& rule, std::span<std::uint64_t> out) const { match(rule.must, rule.mustNot, out); }
    void match(Word must, Word mustNot, std::span<std::uint64_t> out) const;
    /// Sets bit i if word i has exactly one sign of the group.
    void matchOne(Word group, std::span<std::uint64_t> out) const;
    /// Sets the bits of all words, as an empty rule matches.
    void all(std::span<std::uint64_t> out) const;

private:
    std::span<const std::uint64_t> plane(unsigned sign) const {
        return std::span(planes_).subspan(sign * blocks(), blocks());
    }

    std::size_t words_ = 0;
    unsigned signs_ = 0;  ///< number of planes: highest sign of any word + 1
    std::vector<std::uint64_t> planes_;
};

/// Calls fn(i) for each word of a plane of blocks, in order.
template <class Fn>
void forEachWord(std::span<const std::uint64_t> plane, Fn&& fn) {
    for (std::size_t block = 0; block < plane.size(); ++block)
        for (std::uint64_t left = plane[block]; left != 0; left &= left - 1)
            fn(block * 64 + static_cast<std::size_t>(std::countr_zero(left)));
}

}  // namespace weir::rules
