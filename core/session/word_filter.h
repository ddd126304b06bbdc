// Filters that take exactly the flows of a sign word.
#pragma once

#include "core/rules/rule_set.h"

#include <string>

namespace weir::session {

/// "sign A and sign B and not sign C". `sign X` is only true for one-way flows of the classified direction.
std::string signsFilter(rules::Word require, rules::Word forbid);
/// Flows whose word is exactly this one; signs that the exclusions rule out anyway are not named.
std::string wordFilter(rules::Word word);

}  // namespace weir::session
