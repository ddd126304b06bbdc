// Signs, rules and classes of words, as verbs print them.
#pragma once

#include "app/cli/console.h"
#include "core/session/evidence/judge.h"

namespace weir::cli {

Json signsJson(rules::Word word, const rules::RuleSet& set);  ///< names in bit order
std::string signsText(rules::Word word, const rules::RuleSet& set);
Json ruleNamesJson(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules);
std::string ruleNamesText(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules);

}  // namespace weir::cli
