// Finds words that can occur without listing them: for rule sets over more signs than can be enumerated.
#pragma once

#include "core/rules/rule_set.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace weir::rules {

/// A search over the words that the exclusions of a set admit. Complete: "none" is a proof. The set must outlive it.
class WordSearch {
public:
    /// Nodes of the search tree that one question may cost (some 10 ms); the question stays open beyond them.
    static constexpr std::uint64_t kMostSteps = 100'000;

    enum class Answer : std::uint8_t { none, found, open };
    struct Result {
        Answer answer = Answer::none;
        Word word = 0;  ///< of found: the fewest signs, then the lowest
    };

    /// `bits`: signs there are, at most 64.
    WordSearch(const RuleSet& set, unsigned bits, bool ignoreExclusions = false);
    /// The smallest word with all of `must`, none of `mustNot`, that none of `notMatched` matches.
    Result smallest(Word must, Word mustNot, std::span<const Rule* const> notMatched = {}) const;
    /// Without one exclusion: number i of oneOf, or behind them of never.
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
    Word sign = 0;  ///< the sign that one requires and the other forbids; 0 = the exclusions keep them apart
    std::vector<std::size_t> oneOf, never;  ///< indices of exclusions that together are needed and suffice
};
/// Nothing: they can meet, or the search does not end. Cost: one search, and one for each exclusion.
std::optional<Apart> whyApart(const RuleSet& set, const Rule& a, const Rule& b, unsigned bits);

}  // namespace weir::rules
