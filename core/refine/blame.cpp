// Each text classifies the word independently.
#include "core/refine/blame.h"

#include "core/rules/analysis.h"

#include <bit>
#include <map>

namespace weir::refine {
namespace {

struct Verdict {
    std::string name;
    bool conflict = false;
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verdictOf(const rules::RuleSet& set, rules::Word word) {
    std::uint32_t classes = 0;
    for (const rules::Rule& r : set.rules)
        if (r.matches(word)) classes |= std::uint32_t{1} << r.classIndex;
    const int rule = rules::ruleOf(set, word);
    return {rule < 0 ? "Other" : set.classes[set.rules[std::size_t(rule)].classIndex].name, std::popcount(classes) > 1};
}

}  // namespace

std::vector<Blame> blame(std::span<const Iteration> iterations, rules::Word word, const rules::Vocabulary& vocabulary) {
    std::vector<Blame> out;
    std::map<std::int64_t, Verdict> verdicts;
    for (const Iteration& i : iterations) {
        const rules::Parsed parsed = rules::parseRules(i.text, vocabulary);
        if (!parsed.good()) continue;
        const Verdict now = verdictOf(parsed.set, word);
        const auto before = verdicts.find(i.parent);
        if (before == verdicts.end())
            out.push_back({i.id, {}, now.name, false, now.conflict, i.edit});
        else if (before->second != now)
            out.push_back({i.id, before->second.name, now.name, before->second.conflict, now.conflict, i.edit});
        verdicts[i.id] = now;
    }
    return out;
}

StopVerdict stopCriterion(const Iteration& now, const Iteration& before) {
    StopVerdict out;
    out.conflicting = now.conflicting;
    out.gained = std::int64_t(before.unclassified) - std::int64_t(now.unclassified);
    out.share = now.oneWay ? double(out.gained) / double(now.oneWay) : 0;
    out.reached =
        now.conflicting == 0 && now.oneWay != 0 && now.oneWay == before.oneWay && out.share < StopVerdict::kSignificant;
    return out;
}

}  // namespace weir::refine
