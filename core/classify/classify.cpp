// Judges the distinct words of a tally by a rule set, 64 words at a time.
#include "core/classify/classify.h"

#include "core/rules/analysis.h"
#include "core/rules/word_planes.h"

#include <algorithm>
#include <bit>

namespace weir::classify {
namespace {

/// Calls fn(i) for every word of the plane.
template <class Fn>
void forEachWord(std::span<const std::uint64_t> plane, Fn&& fn) {
    for (std::size_t block = 0; block < plane.size(); ++block)
        for (std::uint64_t left = plane[block]; left != 0; left &= left - 1)
            fn(block * 64 + static_cast<std::size_t>(std::countr_zero(left)));
}

rules::WordPlanes planesOf(std::span<const tally::WordCount> tally) {
    std::vector<rules::Word> words(tally.size());
    std::transform(tally.begin(), tally.end(), words.begin(), [](const tally::WordCount& w) { return w.word; });
    return rules::WordPlanes(words);
}

void add(ClassTotal& total, const tally::WordCount& w) {
    total.flows += w.flows;
    total.packets += w.packets;
    total.bytes += w.bytes;
}

/// Lets every rule claim its words, the first claimant by priority taking them.
void claim(const rules::RuleSet& set, std::span<const tally::WordCount> tally, Classification& out) {
    const rules::WordPlanes planes = planesOf(tally);
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
        forEachWord(fresh, [&](std::size_t i) {
            out.verdicts[i] = mine;
            add(total, tally[i]);
        });
        std::uint64_t takenBefore = 0;
        forEachWord(matched, [&](std::size_t i) {
            out.verdicts[i].classMask |= classBit;
            takenBefore += tally[i].flows;
        });
        out.ruleFlows[r] = total.flows;
        out.ruleMatches[r] = total.flows + takenBefore;
        ClassTotal& ofClass = out.classes[rule.classIndex];
        ofClass.flows += total.flows;
        ofClass.packets += total.packets;
        ofClass.bytes += total.bytes;
    }
}

}  // namespace

Classification classifyWords(const rules::RuleSet& set, std::span<const tally::WordCount> tally) {
    Classification out;
    out.verdicts.resize(tally.size());
    out.classes.resize(set.classes.size() + 1);
    out.ruleFlows.resize(set.rules.size());
    out.ruleMatches.resize(set.rules.size());
    claim(set, tally, out);
    ClassTotal other, all;
    for (std::size_t i = 0; i < tally.size(); ++i) {
        WordVerdict& v = out.verdicts[i];
        add(all, tally[i]);
        if (v.classMask == 0) {
            add(other, tally[i]);
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
