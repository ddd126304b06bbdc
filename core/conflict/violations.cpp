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
    std::stable_sort(v.combinations.begin(), v.combinations.end(), [&](const Combination& a, const Combination& b) { return tally[a.tallyRow].flows > tally[b.tallyRow].flows; });
    out.push_back(std::move(v));
}

}  // namespace

std::vector<Violation> violations(const rules::RuleSet& set, std::span<const tally::WordCount> tally) {
    std::vector<Violation> out;
    for (std::size_t i = 0; i < set.oneOf.size(); ++i) {
        const rules::Word group = set.oneOf[i];
        add(i < set.oneOfLines.size() ? set.oneOfLines[i] : 0, tally, [group](rules::Word w) { return !std::has_single_bit(w & group); }, out);
    }
    // `never A with B C` is one line and two exclusions, one after the other: what breaks both counts once.
    for (std::size_t from = 0; from < set.never.size();) {
        std::size_t to = from + 1;
        while (to < set.never.size() && set.never[to].line == set.never[from].line) ++to;
        const std::span<const rules::Exclusion> ofLine(set.never.data() + from, to - from);
        const auto breaks = [ofLine](rules::Word w) {
            return std::any_of(ofLine.begin(), ofLine.end(), [w](const rules::Exclusion& e) { return (w & e.all) == e.all && (w & e.none) == 0; });
        };
        add(ofLine.front().line, tally, breaks, out);
        from = to;
    }
    std::stable_sort(out.begin(), out.end(), [](const Violation& a, const Violation& b) { return a.line < b.line; });
    return out;
}

}  // namespace weir::conflict
