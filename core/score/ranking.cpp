// Sums over at most a few thousand words.
#include "core/score/ranking.h"

#include <algorithm>
#include <tuple>

namespace weir::score {

Points pointsOf(const Profile& profile, std::uint64_t word) {
    Points sum;
    for (std::size_t t = 0; t < profile.tests.size(); ++t) {
        if ((word >> t & 1u) == 0) continue;
        (profile.tests[t].kind == Kind::good ? sum.goodness : sum.badness) += profile.tests[t].points;
    }
    return sum;
}

std::vector<std::string> codesOf(const Profile& profile, std::uint64_t word) {
    std::vector<std::string> codes;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if (word >> t & 1u) codes.push_back(profile.tests[t].code);
    return codes;
}

std::vector<Ranked> ranked(const Profile& profile, std::span<const CodeCount> words) {
    std::vector<Ranked> out;
    for (const CodeCount& c : words)
        if (c.word != 0 && c.flows != 0) out.push_back({c, pointsOf(profile, c.word)});
    std::stable_sort(out.begin(), out.end(), [](const Ranked& a, const Ranked& b) {
        return std::tuple(a.points.badness, a.points.goodness, a.count.flows, b.count.word) >
               std::tuple(b.points.badness, b.points.goodness, b.count.flows, a.count.word);
    });
    return out;
}

std::vector<std::uint64_t> flowsPerCode(const Profile& profile, std::span<const CodeCount> words) {
    std::vector<std::uint64_t> flows(profile.tests.size(), 0);
    for (const CodeCount& c : words)
        for (std::size_t t = 0; t < flows.size(); ++t) flows[t] += c.word >> t & 1u ? c.flows : 0;
    return flows;
}

std::map<int, std::uint64_t> flowsPerBadness(const Profile& profile, std::span<const CodeCount> words) {
    std::map<int, std::uint64_t> flows;
    for (const CodeCount& c : words)
        if (c.flows != 0) flows[pointsOf(profile, c.word).badness] += c.flows;
    return flows;
}

}  // namespace weir::score
