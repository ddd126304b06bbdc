// Filters that match exactly the flows of a sign word.
#pragma once

#include "core/rules/rule_set.h"

#include <span>
#include <string>

namespace weir::session {

/// `names`: by bit, as RuleSet::signNames.
/// "sign A and sign B and not sign C". `sign X` is only true for one-way flows of the classified direction.
std::string signsFilter(rules::Word require, rules::Word forbid, std::span<const std::string> names);
/// The filter for flows with exactly this word; signs that the exclusions rule out are omitted.
std::string wordFilter(rules::Word word, std::span<const std::string> names);

}  // namespace weir::session
