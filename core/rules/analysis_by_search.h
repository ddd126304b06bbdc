// Static analysis for sets with too many words to list. Internal to analyse().
#pragma once

#include "core/rules/analysis.h"

namespace weir::rules {

/// Fills in the parts of `check` that analyse() derives from words: conflicts with their smallest words, dead and
/// subsumed rules, classes that never win, the smallest unclassified word. Exact except for the searches counted in
/// `check.open`. Words are not counted (Check::counted is false).
void analyseBySearch(const RuleSet& set, unsigned bits, bool ignoreExclusions, Check& check);

}  // namespace weir::rules
