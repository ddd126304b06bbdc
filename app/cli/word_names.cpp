// Names of bits and rules.
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

std::vector<std::uint16_t> matchingRules(const rules::RuleSet& set, rules::Word word) {
    std::vector<std::uint16_t> out;
    for (std::size_t r = 0; r < set.rules.size(); ++r)
        if (set.rules[r].matches(word)) out.push_back(std::uint16_t(r));
    return out;
}

}  // namespace weir::cli
