// Names of signs and rules, as verbs print them.
#pragma once

#include "app/cli/console.h"
#include "core/session/evidence/judge.h"

namespace weir::cli {

/// Names of the signs in a word, in bit order, as an array.
Json signsJson(rules::Word word, const rules::RuleSet& set);
/// The same as text, separated by blanks.
std::string signsText(rules::Word word, const rules::RuleSet& set);
/// Names of the rules with these indices, as an array.
Json ruleNamesJson(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules);
/// The same as text, separated by commas.
std::string ruleNamesText(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules);

}  // namespace weir::cli
