// One search a sign of the rule.
#include "core/explain/evasion.h"

#include "core/rules/analysis.h"
#include "core/rules/word_search.h"
#include "core/signs/sign_family.h"

#include <algorithm>
#include <tuple>

namespace weir::explain {
namespace {

constexpr rules::Word bitOf(unsigned sign) { return rules::Word{1} << sign; }

}  // namespace

std::vector<Evasion> evasionsOf(const rules::RuleSet& set, std::size_t rule, const signs::SignFamily& family) {
    const rules::Rule& r = set.rules[rule];
    const rules::WordSearch search(set, unsigned(std::max<std::size_t>(set.signNames.size(), family.size())));
    std::vector<Evasion> out;
    for (unsigned sign = 0; sign < family.size(); ++sign) {
        const bool required = (r.must & bitOf(sign)) != 0, forbidden = (r.mustNot & bitOf(sign)) != 0;
        if (!required && !forbidden) continue;
        const signs::Change& change = required ? family.defs[sign].clear : family.defs[sign].set;
        if (change.cost == 0) continue;
        const rules::Word must = required ? r.must & ~bitOf(sign) : r.must | bitOf(sign),
                          mustNot = required ? r.mustNot | bitOf(sign) : r.mustNot & ~bitOf(sign);
        const auto found = search.smallest(must, mustNot);
        if (found.answer != rules::WordSearch::Answer::found) continue;
        const int taken = rules::ruleOf(set, found.word);
        out.push_back({sign, forbidden, change.cost, change.how, found.word,
                       taken < 0 ? std::string("Other") : set.classes[set.rules[std::size_t(taken)].classIndex].name});
    }
    const std::string& own = set.classes[r.classIndex].name;
    std::stable_sort(out.begin(), out.end(), [&](const Evasion& a, const Evasion& b) {
        return std::tuple(a.cost, a.className == own) < std::tuple(b.cost, b.className == own);
    });
    return out;
}

std::string evasionText(const rules::RuleSet& set, const Evasion& e) {
    return std::string("cost ")
        .append(std::to_string(e.cost))
        .append(": ")
        .append(e.how)
        .append(e.set ? " (" : " (not ")
        .append(set.signNames[e.sign])
        .append("), then ")
        .append(e.className);
}

}  // namespace weir::explain
