// Builds the conflict report from the verdicts of the observed words and the static analysis.
#include "core/conflict/conflict.h"

#include "core/conflict/violations.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <utility>

namespace weir::conflict {
namespace {

/// Rows of the tally, most flows first.
std::vector<std::size_t> rowsByFlows(std::span<const tally::WordCount> tally) {
    std::vector<std::size_t> rows(tally.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const auto moreFlows = [](const tally::WordCount& a, const tally::WordCount& b) { return a.flows > b.flows; };
    if (std::is_sorted(tally.begin(), tally.end(), moreFlows)) return rows;  // as tallies are made
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return moreFlows(tally[a], tally[b]); });
    return rows;
}

/// The fewest words that hold 99 % of the flows.
std::uint64_t wordsCovering99(std::span<const tally::WordCount> tally, std::span<const std::size_t> rows, std::uint64_t all) {
    const std::uint64_t mayMiss = all / 100;
    std::uint64_t missing = all, words = 0;
    while (missing > mayMiss && words < rows.size()) missing -= tally[rows[words++]].flows;
    return words;
}

/// Pairs of classes with a dense index, as the report goes through the words.
class PairTable {
public:
    PairTable(const rules::RuleSet& set, const rules::Check& check) : classes_(set.classes.size()), pairs_(classes_ * classes_) {
        for (std::uint16_t a = 0; a < classes_; ++a) {
            for (std::uint16_t b = 0; b < a; ++b) {
                ClassPair& p = at(a, b);
                const bool aFirst = set.rank[a] < set.rank[b];
                p.a = aFirst ? a : b;
                p.b = aFirst ? b : a;
                p.possibleWords = check.classPairs.empty() ? 0 : check.classPairs[b * classes_ + a];
            }
        }
    }
    ClassPair& at(std::size_t a, std::size_t b) { return pairs_[std::max(a, b) * classes_ + std::min(a, b)]; }

    /// Pairs seen, most flows first; then pairs that can meet, most words first.
    std::vector<ClassPair> take() {
        std::vector<ClassPair> kept;
        for (ClassPair& p : pairs_)
            if (p.flows != 0 || p.possibleWords != 0) kept.push_back(std::move(p));
        std::stable_sort(kept.begin(), kept.end(), [](const ClassPair& x, const ClassPair& y) {
            return std::pair(x.flows, x.possibleWords) > std::pair(y.flows, y.possibleWords);
        });
        return kept;
    }

private:
    std::size_t classes_;
    std::vector<ClassPair> pairs_;
};

using RulePairCounts = std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint64_t>;

void addRulePairs(const rules::RuleSet& set, const std::vector<std::uint16_t>& matching, std::uint64_t flows, RulePairCounts& counts) {
    for (std::size_t i = 0; i < matching.size(); ++i)
        for (std::size_t j = i + 1; j < matching.size(); ++j)
            if (set.rules[matching[i]].classIndex != set.rules[matching[j]].classIndex) counts[{matching[i], matching[j]}] += flows;
}

std::vector<std::uint16_t> matchingRules(const rules::RuleSet& set, rules::Word word) {
    std::vector<std::uint16_t> matching;
    matching.reserve(4);
    for (std::size_t r = 0; r < set.rules.size(); ++r)
        if (set.rules[r].matches(word)) matching.push_back(static_cast<std::uint16_t>(r));
    return matching;
}

void addConflict(const tally::WordCount& w, std::uint32_t classMask, const Combination& combination, PairTable& pairs) {
    for (std::uint32_t left = classMask; left != 0; left &= left - 1) {
        const auto a = static_cast<std::size_t>(std::countr_zero(left));
        for (std::uint32_t behind = left & (left - 1); behind != 0; behind &= behind - 1) {
            ClassPair& p = pairs.at(a, static_cast<std::size_t>(std::countr_zero(behind)));
            p.flows += w.flows;
            p.packets += w.packets;
            p.bytes += w.bytes;
            p.combinations.push_back(combination);
        }
    }
}

}  // namespace

Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally, const classify::Classification& classes,
                   const rules::Check& check) {
    Report report;
    report.possible = check.possible;
    report.admissible = check.admissible;
    report.violations = violations(set, tally);
    report.observed = tally.size();
    report.oneWayFlows = classes.oneWay.flows;
    report.conflictingFlows = classes.conflicting;
    report.unclassifiedFlows = classes.unclassified;
    for (std::size_t c = 0; c < set.classes.size(); ++c) report.onlyClass.push_back(classes.classes[c].flows);
    const auto rows = rowsByFlows(tally);
    report.observedCovering99 = wordsCovering99(tally, rows, report.oneWayFlows);
    report.unclassified.reserve(static_cast<std::size_t>(
        std::count_if(classes.verdicts.begin(), classes.verdicts.end(), [](const auto& v) { return v.classesClaiming == 0; })));
    PairTable pairs(set, check);
    RulePairCounts rulePairs;
    for (const std::size_t row : rows) {
        const classify::WordVerdict& v = classes.verdicts[row];
        if (v.classesClaiming == 0) {
            report.unclassified.push_back({row, {}});
        } else if (v.classesClaiming > 1) {
            report.onlyClass[v.classIndex] -= tally[row].flows;
            const Combination combination{row, matchingRules(set, tally[row].word)};
            addRulePairs(set, combination.rules, tally[row].flows, rulePairs);
            addConflict(tally[row], v.classMask, combination, pairs);
        }
    }
    report.pairs = pairs.take();
    for (const auto& [pair, flows] : rulePairs) report.rulePairs.push_back({pair.first, pair.second, flows});
    std::stable_sort(report.rulePairs.begin(), report.rulePairs.end(),
                     [](const RulePairFlows& x, const RulePairFlows& y) { return x.flows > y.flows; });
    return report;
}

}  // namespace weir::conflict
