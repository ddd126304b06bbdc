// Which rules match a word or miss it, and by what.
#include "core/explain/explain.h"

#include <algorithm>
#include <bit>

namespace weir::explain {
namespace {

void addMisses(rules::Word signs, std::string_view verb, std::span<const std::string> names,
               std::vector<std::string>& out) {
    for (; signs != 0; signs &= signs - 1) {
        std::string miss(verb);
        miss += ' ';
        miss += names[static_cast<std::size_t>(std::countr_zero(signs))];
        out.push_back(std::move(miss));
    }
}

}  // namespace

std::vector<RuleLine> explainRules(const rules::RuleSet& set, rules::Word word) {
    std::vector<RuleLine> lines(set.rules.size());
    for (std::size_t r = 0; r < lines.size(); ++r) {
        const rules::Rule& rule = set.rules[r];
        lines[r].rule = static_cast<std::uint16_t>(r);
        lines[r].matches = rule.matches(word);
        addMisses(rule.must & ~word, "needs", set.signNames, lines[r].missedBy);
        addMisses(rule.mustNot & word, "forbids", set.signNames, lines[r].missedBy);
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const RuleLine& a, const RuleLine& b) { return a.missedBy.size() < b.missedBy.size(); });
    return lines;
}

}  // namespace weir::explain
