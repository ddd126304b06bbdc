// The conflict report (methods.md 5): class pairs that meet, by sign combination, beside what can meet at all.
#pragma once

#include "core/classify/classify.h"
#include "core/rules/analysis.h"

#include <cstdint>
#include <vector>

namespace weir::conflict {

/// Sign combinations as rows of the tally, most flows first. Which rules match one: rules::matchingRules().
using Combinations = std::vector<std::uint32_t>;

struct ClassPair {
    std::uint16_t a = 0, b = 0;  ///< class indices, a before b in `order`
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    std::uint64_t possibleWords = 0;  ///< static: admissible words both claim; 0 = can never meet (proven)
    Combinations combinations;        ///< observed
};
struct RulePairFlows {
    std::uint16_t a = 0, b = 0;
    std::uint64_t flows = 0;
};
/// A `one-of` or `never` line that flows break.
struct Violation {
    std::size_t line = 0;
    std::uint64_t flows = 0;
    Combinations combinations;
};
struct Report {
    std::uint64_t possible = 0, admissible = 0, observed = 0, observedCovering99 = 0;
    std::uint64_t conflictingFlows = 0, unclassifiedFlows = 0, oneWayFlows = 0;
    std::vector<ClassPair> pairs;  ///< pairs seen, most flows first, then pairs that can meet but were never seen
    std::vector<RulePairFlows> rulePairs;  ///< of different classes, seen, most flows first
    Combinations unclassified;
    std::vector<Violation> violations;  ///< in text order
    std::vector<std::uint64_t>
        onlyClass;  ///< flows that exactly one class claims, by class index (diagonal of the heat map)
};
/// `index`: of the tally. Cost: a few ns a word, and pairs of rules in conflict x words / 64.
Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                   const classify::TallyIndex& index, const classify::Classification& classes,
                   const rules::Check& check);
Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                   const classify::Classification& classes, const rules::Check& check);

}  // namespace weir::conflict
