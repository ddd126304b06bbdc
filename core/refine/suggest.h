// Suggests edits of a rule set from the data: edits that would end conflicts, or classify flows that no rule matches.
// Suggestions are drafts; nothing applies them automatically.
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
    narrow,  ///< one more sign for a rule that conflicts with another class
    split,   ///< replace such a rule by several that together match all but the words of the other rule
    widen,   ///< one sign less, so that the rule matches unclassified flows
    add      ///< a new rule for flows that no rule matches
};

/// Change in the flows of a class.
struct ClassDelta {
    std::string className;  ///< may be "Other"
    std::int64_t flows = 0;
};

/// A suggested edit and its effect.
struct Suggestion {
    SuggestionKind kind{};
    std::string rule;  ///< "18: Onepkt !PotOk", as it would read in the text; several are separated by "; "
    std::string className;
    std::string
        edit;  ///< one line: "10: +!PotOk", "13: -Large", "new rule 18", "13: split into 3, none conflicting with 10"
    std::string text;                                          ///< the whole rule set with the edit
    std::int64_t conflictingDelta = 0, unclassifiedDelta = 0;  ///< flows
    std::vector<ClassDelta> classes;     ///< changes in classified flows, without zeros, largest first
    std::uint64_t createsConflicts = 0;  ///< number of admissible combinations that it would bring into conflict
    rules::Word witness = 0;             ///< the smallest of them; 0 = none
    std::string witnessSigns;            ///< its signs by name
    std::uint64_t takes = 0;             ///< number of admissible combinations that the rule would match
    std::size_t moreRules = 0;           ///< number of rules that it adds to the set
    /// Net number of flows that would newly be claimed by exactly one class.
    std::int64_t gains() const { return -conflictingDelta - unclassifiedDelta; }
};

/// Returns at most `most` suggestions, best first: while flows are in conflict, those that settle most, then those that
/// classify most. None creates a conflict that the data shows. Each is checked as a whole: its numbers come from
/// classifying and analysing the edited set. `admissible`: the words of this set. Cost: some hundred classifications of
/// the tally and as many analyses.
std::vector<Suggestion> suggest(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                const rules::WordSpace& admissible, std::size_t most = 12);

}  // namespace weir::refine
