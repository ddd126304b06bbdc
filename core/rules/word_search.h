// Finds admissible words without listing them, for rule sets over too many signs to enumerate.
#pragma once

#include "core/rules/rule_set.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace weir::rules {

/// A search over the words that the exclusions of a set admit. Complete: `none` is a proof.
class WordSearch {
public:
    /// Limit on search nodes per query (about 10 ms); beyond it the answer is `open`.
    static constexpr std::uint64_t kMostSteps = 100'000;

    enum class Answer : std::uint8_t { none, found, open };
    struct Result {
        Answer answer = Answer::none;
        Word word = 0;  ///< the word if found: fewest signs, then lowest
    };

    /// `bits`: number of signs, at most 64.
    WordSearch(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);
    /// The smallest word with all of `must` and none of `mustNot` that no rule in `notMatched` matches.
    Result smallest(Word must, Word mustNot, std::span<const Rule* const> notMatched = {}) const;
    /// A copy without one exclusion. Numbers count oneOf first, then never.
    WordSearch without(std::size_t exclusion) const;
    std::size_t exclusions() const { return oneOf_.size() + never_.size(); }

private:
    class Descent;
    Word all_ = 0;
    std::vector<Word> oneOf_;
    std::vector<Exclusion> never_;
};

/// Why no word can match both rules.
struct Apart {
    Word sign = 0;  ///< the sign that one rule requires and the other forbids; 0 = the exclusions separate them
    std::vector<std::size_t> oneOf, never;  ///< indices of a minimal set of exclusions that separates the rules
};
/// Returns nullopt when the rules can both match a word, or the search did not finish. Cost: one search, plus one per
/// exclusion.
std::optional<Apart> whyApart(const RuleSet& set, const Rule& a, const Rule& b, unsigned bits);

}  // namespace weir::rules
