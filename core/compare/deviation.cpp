// Joins two tallies word by word.
#include "core/compare/deviation.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace weir::compare {
namespace {

using classify::totalOf;

/// One row per word, those of the baseline first; class indices are filled in later.
std::vector<Deviation::Row> joined(std::span<const tally::WordCount> baseline, std::span<const tally::WordCount> now) {
    std::vector<Deviation::Row> rows;
    std::unordered_map<rules::Word, std::size_t> rowOf;
    rows.reserve(baseline.size() + now.size());
    for (const tally::WordCount& w : baseline) {
        rowOf.emplace(w.word, rows.size());
        rows.push_back({w.word, 0, {totalOf(w), {}}});
    }
    for (const tally::WordCount& w : now) {
        const auto [at, fresh] = rowOf.emplace(w.word, rows.size());
        if (fresh) rows.push_back({w.word, 0, {}});
        rows[at->second].sums.now = totalOf(w);
    }
    return rows;
}

}  // namespace

Deviation deviate(const rules::RuleSet& set, std::span<const tally::WordCount> baseline,
                  std::span<const tally::WordCount> now, double scale) {
    Deviation out;
    out.scale = scale;
    for (const std::uint16_t c : set.order) out.classes.push_back(set.classes[c].name);
    out.classes.emplace_back("Other");
    out.byClass.resize(out.classes.size());
    out.rows = joined(baseline, now);

    tally::Tally words;
    for (const Deviation::Row& row : out.rows) words.push_back({row.word, 0, 0, 0});
    const auto verdicts = classify::classifyWords(set, words).verdicts;
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
        Deviation::Row& row = out.rows[i];
        const std::uint16_t index = verdicts[i].classIndex;
        row.place = index == classify::kOther ? std::uint16_t(set.classes.size()) : set.rank[index];
        out.byClass[row.place].baseline += row.sums.baseline;
        out.byClass[row.place].now += row.sums.now;
    }
    std::sort(out.rows.begin(), out.rows.end(), [&](const Deviation::Row& a, const Deviation::Row& b) {
        const double x = std::abs(out.excess(a.sums)), y = std::abs(out.excess(b.sums));
        return x != y ? x > y : a.word < b.word;
    });
    return out;
}

}  // namespace weir::compare
