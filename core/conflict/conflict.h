// The conflict report (methods.md 5): class pairs in conflict, by sign combination, next to the pairs that could
// conflict.
#pragma once

#include "core/classify/classify.h"
#include "core/rules/analysis.h"

#include <cstdint>
#include <vector>

namespace weir::conflict {

/// Sign combinations as rows of the tally, most flows first. Which rules match one: rules::matchingRules().
using Combinations = std::vector<std::uint32_t>;

/// Two classes that both claim some flows, or could.
struct ClassPair {
    std::uint16_t a = 0, b = 0;  ///< class indices, a before b in `order`
    std::uint64_t flows = 0, packets = 0, bytes = 0;
    std::uint64_t possibleWords = 0;  ///< static: admissible words that both claim; 0 = proven never to meet
    Combinations combinations;        ///< observed
};
/// Two rules of different classes, and the flows that both match.
struct RulePairFlows {
    std::uint16_t a = 0, b = 0;
    std::uint64_t flows = 0;
};
/// A `one-of` or `never` line that flows violate.
struct Violation {
    std::size_t line = 0;
    std::uint64_t flows = 0;
    Combinations combinations;
};
/// The conflict report: the result of buildReport().
struct Report {
    std::uint64_t possible = 0, admissible = 0, observed = 0, observedCovering99 = 0;
    std::uint64_t conflictingFlows = 0, unclassifiedFlows = 0, oneWayFlows = 0;
    /// Observed pairs, most flows first, then pairs that could conflict but were not observed.
    std::vector<ClassPair> pairs;
    std::vector<RulePairFlows> rulePairs;  ///< observed pairs of rules of different classes, most flows first
    Combinations unclassified;
    std::vector<Violation> violations;  ///< in text order
    /// Flows that exactly one class claims, by class index (diagonal of the heat map).
    std::vector<std::uint64_t> onlyClass;
};
/// `index`: of `tally`. Cost: a few ns per word, and conflicting rule pairs x words / 64.
Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                   const classify::TallyIndex& index, const classify::Classification& classes,
                   const rules::Check& check);
Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                   const classify::Classification& classes, const rules::Check& check);

}  // namespace weir::conflict
