// Word by word: two masks a declaration.
#include "core/conflict/violations.h"

#include <algorithm>
#include <bit>

namespace weir::conflict {
namespace {

template <class Breaks>
void add(std::size_t line, std::span<const tally::WordCount> tally, Breaks breaks, std::vector<Violation>& out) {
    Violation v;
    v.line = line;
    for (std::size_t row = 0; row < tally.size(); ++row) {
        if (!breaks(tally[row].word)) continue;
        v.flows += tally[row].flows;
        v.combinations.push_back({row, {}});
    }
    if (v.combinations.empty()) return;
    // `never A with B C` is one line and two exclusions: what breaks both counts once.
    if (!out.empty() && out.back().line == line) {
        for (const Combination& c : v.combinations) {
            const auto same = [&](const Combination& known) { return known.tallyRow == c.tallyRow; };
            if (std::any_of(out.back().combinations.begin(), out.back().combinations.end(), same)) continue;
            out.back().flows += tally[c.tallyRow].flows;
            out.back().combinations.push_back(c);
        }
        return;
    }
    out.push_back(std::move(v));
}

}  // namespace

std::vector<Violation> violations(const rules::RuleSet& set, std::span<const tally::WordCount> tally) {
    std::vector<Violation> out;
    for (std::size_t i = 0; i < set.oneOf.size(); ++i) {
        const rules::Word group = set.oneOf[i];
        add(i < set.oneOfLines.size() ? set.oneOfLines[i] : 0, tally, [group](rules::Word w) { return !std::has_single_bit(w & group); }, out);
    }
    for (const rules::Exclusion& e : set.never)
        add(e.line, tally, [&e](rules::Word w) { return (w & e.all) == e.all && (w & e.none) == 0; }, out);
    std::stable_sort(out.begin(), out.end(), [](const Violation& a, const Violation& b) { return a.line < b.line; });
    for (Violation& v : out)
        std::stable_sort(v.combinations.begin(), v.combinations.end(), [&](const Combination& a, const Combination& b) { return tally[a.tallyRow].flows > tally[b.tallyRow].flows; });
    return out;
}

}  // namespace weir::conflict
