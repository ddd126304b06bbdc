// Static analysis of a rule set over all words that can occur: no data needed.
#pragma once

#include "core/rules/rule_set.h"
#include "core/rules/word_planes.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace weir::rules {

/// All words over the first `bits` (at most 24) signs that the exclusions admit, ascending. Cached by callers while oneOf/never stay the same.
std::vector<Word> admissibleWords(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);

/// Words made ready for analyse(): fewest signs first, then lowest; and as bit planes. Depends on the words only, so callers keep it.
struct WordSpace {
    WordSpace() = default;
    explicit WordSpace(std::span<const Word> from);
    std::vector<Word> words;
    WordPlanes planes;
};

struct RulePair {
    std::size_t a = 0, b = 0;      ///< rule indices, a < b, of different classes
    std::uint64_t words = 0;
    Word witness = 0;              ///< the smallest word (fewest signs, then lowest) both match
};
struct Check {
    std::uint64_t possible = 0, admissible = 0;
    std::uint64_t conflictingWords = 0, unclassifiedWords = 0;
    std::vector<RulePair> conflicts;        ///< most words first
    std::vector<std::size_t> dead;          ///< rules that match no admissible word
    std::vector<std::size_t> subsumed;      ///< not dead; every admissible word they match is matched by one other rule of their class
    std::vector<std::size_t> failedAsserts; ///< indices into set.asserts
    /// classPairs[a * classes + b] = admissible words that both classes claim (a < b).
    std::vector<std::uint64_t> classPairs;
    /// Admissible words by class index: claimed by this class alone, and claimed at all.
    std::vector<std::uint64_t> onlyClassWords, classWords;
};
/// Cost: rules x signs x words / 64, and rule pairs that meet x words / 64. About 10 µs for 17 rules on 5,976 words.
Check analyse(const RuleSet& set, const WordSpace& admissible, std::uint64_t possible);
Check analyse(const RuleSet& set, std::span<const Word> admissible, std::uint64_t possible);

/// The rule that takes a word: by class order, then text order. -1 = none (Other).
int ruleOf(const RuleSet& set, Word word);
/// Rule indices in the order in which they take words.
std::vector<std::uint16_t> rulesByPriority(const RuleSet& set);

}  // namespace weir::rules
