// Word by word over all that can occur: a few thousand.
#include "core/explain/nearest.h"

#include "core/rules/analysis.h"

#include <algorithm>
#include <bit>

namespace weir::explain {
namespace {

std::vector<std::string> namesOf(rules::Word word, const rules::RuleSet& set) {
    std::vector<std::string> out;
    for (; word != 0; word &= word - 1)
        if (const auto bit = std::size_t(std::countr_zero(word)); bit < set.signNames.size())
            out.push_back(set.signNames[bit]);
    return out;
}

}  // namespace

std::vector<Nearest> nearestClasses(const rules::RuleSet& set, rules::Word word, std::span<const rules::Word> words) {
    constexpr int kFar = 65;
    if (set.signs != 0) word &= set.signs;  // words may bear signs of other rule sets
    const std::size_t other = set.classes.size();
    const std::vector<std::uint16_t> rules = rules::rulesByPriority(set);
    const auto classOf = [&](rules::Word w) {
        for (const std::uint16_t r : rules)
            if (set.rules[r].matches(w)) return std::size_t{set.rules[r].classIndex};
        return other;
    };
    std::vector<std::pair<int, rules::Word>> best(other + 1, {kFar, 0});
    for (const rules::Word w : words) {
        const int distance = std::popcount(w ^ word);
        auto& known = best[classOf(w)];
        if (distance < known.first) known = {distance, w};
    }
    const std::size_t own = classOf(word);
    std::vector<std::size_t> order(set.order.begin(), set.order.end());
    order.push_back(other);
    std::vector<Nearest> out;
    for (const std::size_t c : order) {
        if (c == own || best[c].first == kFar) continue;
        const rules::Word w = best[c].second;
        out.push_back(
            {c == other ? "Other" : set.classes[c].name, w, namesOf(w & ~word, set), namesOf(word & ~w, set)});
    }
    std::stable_sort(out.begin(), out.end(), [](const Nearest& a, const Nearest& b) { return a.signs() < b.signs(); });
    return out;
}

std::string changeText(const Nearest& nearest) {
    std::string out;
    const auto add = [&out](const char* mark, const std::string& sign) {
        out.append(out.empty() ? "" : " ").append(mark).append(sign);
    };
    for (const std::string& sign : nearest.gains) add("+", sign);
    for (const std::string& sign : nearest.loses) add("\u2212", sign);
    return out;
}

}  // namespace weir::explain
