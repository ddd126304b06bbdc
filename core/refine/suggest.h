// Suggested edits of a rule set, out of the data: what would end its conflicts, and what would classify most of what no
// rule matches. Drafts, never applied by themselves.
#pragma once

#include "core/classify/classify.h"
#include "core/rules/analysis.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::refine {

enum class SuggestionKind : std::uint8_t {
    narrow,  ///< one more sign for a rule that meets another class
    split,   ///< such a rule in several, so that all of it is kept but what the other one takes
    widen,   ///< one sign less, so that the rule takes what no rule matches
    add      ///< a new rule for what no rule matches
};

struct ClassDelta {
    std::string className;  ///< "Other" too
    std::int64_t flows = 0;
};

struct Suggestion {
    SuggestionKind kind{};
    std::string rule;  ///< "18: Onepkt !PotOk", as it would stand in the text; several of them with "; " between
    std::string className;
    std::string edit;  ///< one line: "10: +!PotOk", "13: -Large", "new rule 18", "13: in 3, apart from 10"
    std::string text;  ///< the whole rule set with the edit
    std::int64_t conflictingDelta = 0, unclassifiedDelta = 0;  ///< flows
    std::vector<ClassDelta> classes;                           ///< flows accounted, those that change, most first
    std::uint64_t createsConflicts = 0;  ///< admissible combinations that come into conflict by it
    rules::Word witness = 0;             ///< the smallest of them; 0 = none
    std::string witnessSigns;            ///< its signs by name
    std::uint64_t takes = 0;             ///< admissible combinations that the rule matches then
    std::size_t moreRules = 0;           ///< rules that the set has more than before
    /// Flows that get a verdict of one class which they did not have.
    std::int64_t gains() const { return -conflictingDelta - unclassifiedDelta; }
};

/// The best first: while flows are in conflict those that settle most, then those that classify most; at most `most`.
/// None creates a conflict that the data shows. Every one is checked as a whole: its numbers are those of classifying
/// and analysing the edited set. `admissible`: of this set. Cost: some hundred classifications of the tally and as many
/// analyses.
std::vector<Suggestion> suggest(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                const rules::WordSpace& admissible, std::size_t most = 12);

}  // namespace weir::refine
