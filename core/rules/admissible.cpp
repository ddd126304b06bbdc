// Enumerates the words that the exclusions of a rule set admit.
#include "core/rules/analysis.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace weir::rules {
namespace {

/// An exclusion is decided when the lowest of its signs is.
struct Test {
    Word all = 0, none = 0;  ///< never: forbids all of `all` with none of `none`
    Word oneOf = 0;          ///< else: exactly one of these
    bool admits(Word w) const {
        if (oneOf != 0) {
            const Word held = w & oneOf;
            return held != 0 && (held & (held - 1)) == 0;
        }
        return (w & all) != all || (w & none) != 0;
    }
};

/// Exclusions by the lowest sign they name; a sign outside `bits` counts as absent.
std::vector<std::vector<Test>> testsByLowestSign(const RuleSet& set, unsigned bits) {
    std::vector<std::vector<Test>> tests(bits);
    const auto add = [&](const Test& t) {
        const auto lowest = static_cast<unsigned>(std::countr_zero(t.all | t.none | t.oneOf));
        if (bits != 0) tests[std::min(lowest, bits - 1)].push_back(t);
    };
    for (const Word group : set.oneOf) add({0, 0, group});
    for (const Exclusion& e : set.never) add({e.all, e.none, 0});
    return tests;
}

}  // namespace

std::optional<std::vector<Word>> admissibleWordsUpTo(std::size_t most, const RuleSet& set, unsigned bits,
                                                     bool ignoreExclusions) {
    const auto tests = testsByLowestSign(ignoreExclusions ? RuleSet{} : set, bits);
    std::vector<Word> words{0}, longer;
    // Signs are chosen from the highest down: prefixes stay in ascending order, and forbidden ones are not extended.
    for (unsigned sign = bits; sign-- > 0;) {
        const bool canHold = set.signs == 0 || (set.signs >> sign & 1) != 0;
        longer.clear();
        longer.reserve(words.size() * 2);
        for (const Word prefix : words) {
            for (const bool holds : {false, true}) {
                if (holds && !canHold) continue;
                const Word w = prefix | Word{holds} << sign;
                const auto admits = [w](const Test& t) { return t.admits(w); };
                if (std::all_of(tests[sign].begin(), tests[sign].end(), admits)) longer.push_back(w);
            }
        }
        words.swap(longer);
        if (words.size() > most) return std::nullopt;
    }
    return words;
}

std::vector<Word> admissibleWords(const RuleSet& set, unsigned bits, bool ignoreExclusions) {
    assert(bits <= 24);
    return *admissibleWordsUpTo(std::size_t{1} << 24, set, bits, ignoreExclusions);
}

}  // namespace weir::rules
