// Builds the conflict report from the verdicts of the observed words and the static analysis.
#include "core/conflict/conflict.h"

#include "core/conflict/violations.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace weir::conflict {
namespace {

/// Rows of the tally, most flows first.
std::vector<std::uint32_t> rowsByFlows(std::span<const tally::WordCount> tally) {
    std::vector<std::uint32_t> rows(tally.size());
    std::iota(rows.begin(), rows.end(), std::uint32_t{0});
    const auto moreFlows = [](const tally::WordCount& a, const tally::WordCount& b) { return a.flows > b.flows; };
    if (std::is_sorted(tally.begin(), tally.end(), moreFlows)) return rows;  // tallies are made in this order
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return moreFlows(tally[a], tally[b]); });
    return rows;
}

/// The fewest words that hold 99 % of the flows.
std::uint64_t wordsCovering99(std::span<const tally::WordCount> tally, std::span<const std::uint32_t> rows,
                              std::uint64_t all) {
    const std::uint64_t mayMiss = all / 100;
    std::uint64_t missing = all, words = 0;
    while (missing > mayMiss && words < rows.size()) missing -= tally[rows[words++]].flows;
    return words;
}

/// Pairs of classes by a dense index, used while the report scans the words.
class PairTable {
public:
    PairTable(const rules::RuleSet& set, const rules::Check& check)
        : classes_(set.classes.size()), pairs_(classes_ * classes_) {
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

    /// Observed pairs, most flows first; then pairs that could conflict, most words first.
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

/// Flows that two rules of different classes both match, in text order. Only rules that match some word of `twice` are
/// evaluated.
std::vector<RulePairFlows> rulePairFlows(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                         const rules::WordPlanes& planes, std::span<const std::uint64_t> twice) {
    std::vector<std::uint16_t> inConflict;
    std::vector<std::vector<std::uint64_t>> matches;
    std::vector<std::uint64_t> plane(planes.blocks());
    for (std::size_t r = 0; r < set.rules.size(); ++r) {
        planes.match(set.rules[r], plane);
        std::uint64_t any = 0;
        for (std::size_t i = 0; i < plane.size(); ++i) any |= plane[i] &= twice[i];
        if (any == 0) continue;
        inConflict.push_back(static_cast<std::uint16_t>(r));
        matches.push_back(plane);
    }
    std::vector<RulePairFlows> out;
    for (std::size_t a = 0; a < inConflict.size(); ++a) {
        for (std::size_t b = a + 1; b < inConflict.size(); ++b) {
            if (set.rules[inConflict[a]].classIndex == set.rules[inConflict[b]].classIndex) continue;
            for (std::size_t i = 0; i < plane.size(); ++i) plane[i] = matches[a][i] & matches[b][i];
            RulePairFlows pair{inConflict[a], inConflict[b], 0};
            bool seen = false;
            rules::forEachWord(plane, [&](std::size_t row) {
                pair.flows += tally[row].flows;
                seen = true;
            });
            if (seen) out.push_back(pair);
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const RulePairFlows& x, const RulePairFlows& y) { return x.flows > y.flows; });
    return out;
}

void addConflict(const tally::WordCount& w, std::uint32_t classMask, std::uint32_t row, PairTable& pairs) {
    for (std::uint32_t left = classMask; left != 0; left &= left - 1) {
        const auto a = static_cast<std::size_t>(std::countr_zero(left));
        for (std::uint32_t behind = left & (left - 1); behind != 0; behind &= behind - 1) {
            ClassPair& p = pairs.at(a, static_cast<std::size_t>(std::countr_zero(behind)));
            p.flows += w.flows;
            p.packets += w.packets;
            p.bytes += w.bytes;
            p.combinations.push_back(row);
        }
    }
}

}  // namespace

Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                   const classify::Classification& classes, const rules::Check& check) {
    return buildReport(set, tally, classify::TallyIndex(tally), classes, check);
}

Report buildReport(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                   const classify::TallyIndex& index, const classify::Classification& classes,
                   const rules::Check& check) {
    Report report;
    report.possible = check.possible;
    report.admissible = check.admissible;
    report.violations = violations(set, tally, index.planes());
    report.observed = tally.size();
    report.oneWayFlows = classes.oneWay.flows;
    report.conflictingFlows = classes.conflicting;
    report.unclassifiedFlows = classes.unclassified;
    for (std::size_t c = 0; c < set.classes.size(); ++c) report.onlyClass.push_back(classes.classes[c].flows);
    const auto rows = rowsByFlows(tally);
    report.observedCovering99 = wordsCovering99(tally, rows, report.oneWayFlows);
    report.unclassified.reserve(static_cast<std::size_t>(std::count_if(
        classes.verdicts.begin(), classes.verdicts.end(), [](const auto& v) { return v.classesClaiming == 0; })));
    PairTable pairs(set, check);
    std::vector<std::uint64_t> twice(index.planes().blocks());
    for (const std::uint32_t row : rows) {
        const classify::WordVerdict& v = classes.verdicts[row];
        if (v.classesClaiming == 0) {
            report.unclassified.push_back(row);
        } else if (v.classesClaiming > 1) {
            report.onlyClass[v.classIndex] -= tally[row].flows;
            twice[row / 64] |= std::uint64_t{1} << row % 64;
            addConflict(tally[row], v.classMask, row, pairs);
        }
    }
    report.pairs = pairs.take();
    report.rulePairs = rulePairFlows(set, tally, index.planes(), twice);
    return report;
}

}  // namespace weir::conflict
