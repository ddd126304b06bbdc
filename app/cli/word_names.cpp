// Names of signs and rules.
#include "app/cli/word_names.h"

namespace weir::cli {

Json signsJson(rules::Word word, const rules::RuleSet& set) {
    Json names = Json::array();
    for (std::size_t i = 0; i < set.signNames.size(); ++i)
        if (word >> i & 1) names.push_back(set.signNames[i]);
    return names;
}

std::string signsText(rules::Word word, const rules::RuleSet& set) { return rules::signNamesOf(word, set.signNames); }

Json ruleNamesJson(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules) {
    Json names = Json::array();
    for (const std::uint16_t r : rules) names.push_back(set.rules[r].name);
    return names;
}

std::string ruleNamesText(const rules::RuleSet& set, const std::vector<std::uint16_t>& rules) {
    std::string text;
    for (const std::uint16_t r : rules) text += (text.empty() ? "" : ", ") + set.rules[r].name;
    return text;
}

}  // namespace weir::cli
