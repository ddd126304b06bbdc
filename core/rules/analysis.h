// Static analysis of a rule set over all admissible sign words. Needs no data.
#pragma once

#include "core/rules/rule_set.h"
#include "core/rules/word_planes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::rules {

/// All words over the first `bits` (at most 24) signs that the exclusions admit, ascending. Callers should cache the
/// result while oneOf and never stay the same.
std::vector<Word> admissibleWords(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);
/// The same for up to 64 signs; nullopt when there are more than `most` words.
std::optional<std::vector<Word>> admissibleWordsUpTo(std::size_t most, const RuleSet& set, unsigned bits,
                                                     bool ignoreExclusions = false);

/// Words prepared for analyse(): fewest signs first, then lowest; and as bit planes. Depends on the exclusions only, so
/// callers should cache it.
struct WordSpace {
    static constexpr std::size_t kMostListed = std::size_t{1} << 19;  ///< an analysis then costs about 1 ms

    WordSpace() = default;
    explicit WordSpace(std::span<const Word> from);
    /// The words that the exclusions of the set admit. If there are more than kMostListed, none is listed (`listed` is
    /// false), and analyse() searches.
    static WordSpace of(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);

    std::vector<Word> words;
    WordPlanes planes;
    bool listed = true;
    unsigned bits = 0;  ///< these three are set by of()
    bool ignoreExclusions = false;
    std::uint64_t possible = 0;  ///< words without any exclusion; at most 2^64 - 1
};

/// Two rules in conflict.
struct RulePair {
    std::size_t a = 0, b = 0;  ///< rule indices, a < b, of different classes
    std::uint64_t words = 0;   ///< admissible words that both match; 1 if words are not counted
    Word witness = 0;          ///< the smallest word (fewest signs, then lowest) that both match
};
/// The result of analyse().
struct Check {
    /// False: there are too many words to count. All word counts are then 0 (none) or 1 (at least one); `admissible` is
    /// 0 if no word is admissible.
    bool counted = true;
    /// Number of searches that did not finish: their findings are not listed, but not ruled out either.
    std::uint64_t open = 0;
    std::uint64_t possible = 0, admissible = 0;
    std::uint64_t conflictingWords = 0, unclassifiedWords = 0;
    Word unclassified = 0;              ///< the smallest unclassified word, where there is one
    std::vector<RulePair> conflicts;    ///< most words first
    std::vector<std::size_t> dead;      ///< rules that match no admissible word
    std::vector<std::size_t> subsumed;  ///< rules that are not dead, but whose admissible words are all matched by one
                                        ///< other rule of their class
    std::vector<std::size_t> duplicates;  ///< rules with exactly the signs of an earlier rule
    /// Indices of classes whose rules match words, but earlier classes claim all of them.
    std::vector<std::size_t> neverWin;
    Word unusedSigns = 0;                    ///< signs that no rule and no exclusion names
    std::vector<std::size_t> failedAsserts;  ///< indices into set.asserts
    /// classPairs[a * classes + b] = admissible words that both classes claim (a < b).
    std::vector<std::uint64_t> classPairs;
    /// Admissible words by class index: claimed by this class alone, and claimed at all.
    std::vector<std::uint64_t> onlyClassWords, classWords;
};
/// Cost: rules x signs x words / 64, and conflicting rule pairs x words / 64. About 10 µs for 17 rules on 5,976 words.
/// If words are not listed: one search per rule pair and class.
Check analyse(const RuleSet& set, const WordSpace& admissible);
Check analyse(const RuleSet& set, std::span<const Word> admissible, std::uint64_t possible);

/// Index of the rule that classifies a word: by class order, then text order. -1 = none (Other).
int ruleOf(const RuleSet& set, Word word);
/// Indices of all rules that match a word, in text order.
std::vector<std::uint16_t> matchingRules(const RuleSet& set, Word word);
/// Rule indices by priority: class order, then text order.
std::vector<std::uint16_t> rulesByPriority(const RuleSet& set);

}  // namespace weir::rules
