// Static analysis of a rule set over all words that can occur: no data needed.
#pragma once

#include "core/rules/rule_set.h"
#include "core/rules/word_planes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::rules {

/// All words over the first `bits` (at most 24) signs that the exclusions admit, ascending. Cached by callers while
/// oneOf/never stay the same.
std::vector<Word> admissibleWords(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);
/// The same for up to 64 signs; nothing when there are more than `most`.
std::optional<std::vector<Word>> admissibleWordsUpTo(std::size_t most, const RuleSet& set, unsigned bits,
                                                     bool ignoreExclusions = false);

/// Words made ready for analyse(): fewest signs first, then lowest; and as bit planes. Depends on exclusions only, so
/// callers keep it.
struct WordSpace {
    static constexpr std::size_t kMostListed = std::size_t{1} << 19;  ///< an analysis then costs about 1 ms

    WordSpace() = default;
    explicit WordSpace(std::span<const Word> from);
    /// What the exclusions of the set admit; where that is more than kMostListed, nothing is listed, and analyse()
    /// searches.
    static WordSpace of(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);

    std::vector<Word> words;
    WordPlanes planes;
    bool listed = true;
    unsigned bits = 0;  ///< these three are set by of()
    bool ignoreExclusions = false;
    std::uint64_t possible = 0;  ///< words without any exclusion; at most 2^64 - 1
};

struct RulePair {
    std::size_t a = 0, b = 0;  ///< rule indices, a < b, of different classes
    std::uint64_t words = 0;   ///< 1 where words are not counted
    Word witness = 0;          ///< the smallest word (fewest signs, then lowest) both match
};
struct Check {
    /// False: there are too many words to count. All counts of words are then 0 or 1: none, or at least one;
    /// `admissible` is 0 where nothing is admitted.
    bool counted = true;
    std::uint64_t open =
        0;  ///< questions that the search gave up: what they ask for is not listed, but not refuted either
    std::uint64_t possible = 0, admissible = 0;
    std::uint64_t conflictingWords = 0, unclassifiedWords = 0;
    Word unclassified = 0;            ///< the smallest unclassified word, where there is one
    std::vector<RulePair> conflicts;  ///< most words first
    std::vector<std::size_t> dead;    ///< rules that match no admissible word
    std::vector<std::size_t>
        subsumed;  ///< not dead; every admissible word they match is matched by one other rule of their class
    std::vector<std::size_t> duplicates;  ///< rules with exactly the signs of one before them
    std::vector<std::size_t>
        neverWin;  ///< class indices: they have rules that match something, but classes before them take all of it
    Word unusedSigns = 0;                    ///< no rule and no exclusion names them
    std::vector<std::size_t> failedAsserts;  ///< indices into set.asserts
    /// classPairs[a * classes + b] = admissible words that both classes claim (a < b).
    std::vector<std::uint64_t> classPairs;
    /// Admissible words by class index: claimed by this class alone, and claimed at all.
    std::vector<std::uint64_t> onlyClassWords, classWords;
};
/// Cost: rules x signs x words / 64, and rule pairs that meet x words / 64. About 10 µs for 17 rules on 5,976 words.
/// Where words are not listed: a search for each rule pair and class.
Check analyse(const RuleSet& set, const WordSpace& admissible);
Check analyse(const RuleSet& set, std::span<const Word> admissible, std::uint64_t possible);

/// The rule that takes a word: by class order, then text order. -1 = none (Other).
int ruleOf(const RuleSet& set, Word word);
/// All rules that match a word, in text order.
std::vector<std::uint16_t> matchingRules(const RuleSet& set, Word word);
/// Rule indices in the order in which they take words.
std::vector<std::uint16_t> rulesByPriority(const RuleSet& set);

}  // namespace weir::rules
