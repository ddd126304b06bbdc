// 64 words at a time.
#include "core/conflict/violations.h"

#include <algorithm>

namespace weir::conflict {
namespace {

/// The words of a plane.
void add(std::size_t line, std::span<const tally::WordCount> tally, std::span<const std::uint64_t> broken,
         std::vector<Violation>& out) {
    Violation v;
    v.line = line;
    rules::forEachWord(broken, [&](std::size_t row) {
        v.flows += tally[row].flows;
        v.combinations.push_back(static_cast<std::uint32_t>(row));
    });
    if (v.combinations.empty()) return;
    const auto moreFlows = [&](std::uint32_t a, std::uint32_t b) { return tally[a].flows > tally[b].flows; };
    if (!std::is_sorted(v.combinations.begin(), v.combinations.end(), moreFlows))
        std::stable_sort(v.combinations.begin(), v.combinations.end(), moreFlows);
    out.push_back(std::move(v));
}

}  // namespace

std::vector<Violation> violations(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                  const rules::WordPlanes& planes) {
    std::vector<Violation> out;
    std::vector<std::uint64_t> all(planes.blocks()), broken(planes.blocks()), one(planes.blocks());
    planes.all(all);
    for (std::size_t i = 0; i < set.oneOf.size(); ++i) {
        planes.matchOne(set.oneOf[i], one);
        for (std::size_t b = 0; b < all.size(); ++b) broken[b] = all[b] & ~one[b];
        add(i < set.oneOfLines.size() ? set.oneOfLines[i] : 0, tally, broken, out);
    }
    // `never A with B C` is one line and two consecutive exclusions: a word that violates both counts once.
    for (std::size_t from = 0; from < set.never.size();) {
        const std::size_t line = set.never[from].line;
        std::fill(broken.begin(), broken.end(), 0);
        for (; from < set.never.size() && set.never[from].line == line; ++from) {
            planes.match(set.never[from].all, set.never[from].none, one);
            for (std::size_t b = 0; b < all.size(); ++b) broken[b] |= one[b];
        }
        add(line, tally, broken, out);
    }
    std::stable_sort(out.begin(), out.end(), [](const Violation& a, const Violation& b) { return a.line < b.line; });
    return out;
}

}  // namespace weir::conflict
