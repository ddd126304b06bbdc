// Static analysis where words are too many to list; inside of analyse().
#pragma once

#include "core/rules/analysis.h"

namespace weir::rules {

/// Fills in all that analyse() learns from words: conflicts with their smallest words, dead and subsumed rules, classes
/// that never win, the smallest unclassified word. Exact but for what `check.open` counts. Nothing is counted
/// (Check::counted).
void analyseBySearch(const RuleSet& set, unsigned bits, bool ignoreExclusions, Check& check);

}  // namespace weir::rules
