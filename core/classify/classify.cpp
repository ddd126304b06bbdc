// Classifies the distinct words of a tally, 64 words at a time.
#include "core/classify/classify.h"

#include "core/rules/analysis.h"
#include "core/rules/word_planes.h"

#include <algorithm>
#include <bit>

namespace weir::classify {
namespace {

/// Lets every rule claim its words; the first rule by priority gets them.
void claim(const rules::RuleSet& set, std::span<const tally::WordCount> tally, const rules::WordPlanes& planes,
           Classification& out) {
    std::vector<std::uint64_t> matched(planes.blocks()), taken(planes.blocks()), fresh(planes.blocks());
    for (const std::uint16_t r : rules::rulesByPriority(set)) {
        const rules::Rule& rule = set.rules[r];
        planes.match(rule, matched);
        for (std::size_t i = 0; i < matched.size(); ++i) {
            fresh[i] = matched[i] & ~taken[i];
            matched[i] &= taken[i];
            taken[i] |= fresh[i];
        }
        const std::uint32_t classBit = std::uint32_t{1} << std::min<unsigned>(rule.classIndex, 31);
        const WordVerdict mine{rule.classIndex, r, 1, classBit};
        ClassTotal total;
        rules::forEachWord(fresh, [&](std::size_t i) {
            out.verdicts[i] = mine;
            total += totalOf(tally[i]);
        });
        std::uint64_t takenBefore = 0;
        rules::forEachWord(matched, [&](std::size_t i) {
            out.verdicts[i].classMask |= classBit;
            takenBefore += tally[i].flows;
        });
        out.ruleFlows[r] = total.flows;
        out.ruleMatches[r] = total.flows + takenBefore;
        out.classes[rule.classIndex] += total;
    }
}

}  // namespace

Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally) {
    return classifyWords(set, tally, TallyIndex(tally));
}

Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                             const TallyIndex& index) {
    Classification out;
    out.verdicts.resize(tally.size());
    out.classes.resize(set.classes.size() + 1);
    out.ruleFlows.resize(set.rules.size());
    out.ruleMatches.resize(set.rules.size());
    claim(set, tally, index.planes(), out);
    ClassTotal other, all;
    for (std::size_t i = 0; i < tally.size(); ++i) {
        WordVerdict& v = out.verdicts[i];
        all += totalOf(tally[i]);
        if (v.classMask == 0) {
            other += totalOf(tally[i]);
        } else if ((v.classMask & (v.classMask - 1)) != 0) {
            v.classesClaiming = static_cast<std::uint16_t>(std::popcount(v.classMask));
            out.conflicting += tally[i].flows;
        }
    }
    out.oneWay = all;
    out.classes.back() = other;
    out.unclassified = other.flows;
    return out;
}

}  // namespace weir::classify
