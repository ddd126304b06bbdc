// Sums over distinct words.
#include "core/score/overlap.h"

#include <algorithm>
#include <numeric>

namespace weir::score {

Overlap::Overlap(std::size_t tests, std::span<const CodeCount> words) : tests_(tests), both_(tests * tests, 0) {
    for (const CodeCount& c : words) {
        flows_ += c.flows;
        for (std::size_t a = 0; a < tests; ++a)
            for (std::size_t b = 0; b < tests; ++b)
                if ((c.word >> a & 1u) && (c.word >> b & 1u)) both_[a * tests + b] += c.flows;
    }
}

double Overlap::likeness(std::size_t a, std::size_t b) const {
    const std::uint64_t either = both(a, a) + both(b, b) - both(a, b);
    return either == 0 ? 0 : double(both(a, b)) / double(either);
}

double Overlap::lift(std::size_t a, std::size_t b) const {
    const double expected = double(both(a, a)) * double(both(b, b));
    return expected == 0 ? 0 : double(both(a, b)) * double(flows_) / expected;
}

std::vector<double> discountedPoints(const Profile& profile, const Overlap& overlap, std::uint64_t word) {
    std::vector<std::size_t> taken;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if ((word >> t & 1u) && profile.tests[t].kind == Kind::bad) taken.push_back(t);
    std::stable_sort(taken.begin(), taken.end(),
                     [&](std::size_t a, std::size_t b) { return profile.tests[a].points > profile.tests[b].points; });
    std::vector<double> points(profile.tests.size(), 0);
    for (std::size_t i = 0; i < taken.size(); ++i) {
        double counted = profile.tests[taken[i]].points;
        for (std::size_t j = 0; j < i; ++j) counted *= 1 - overlap.likeness(taken[i], taken[j]);
        points[taken[i]] = counted;
    }
    return points;
}

double discountedBadness(const Profile& profile, const Overlap& overlap, std::uint64_t word) {
    const auto points = discountedPoints(profile, overlap, word);
    return std::accumulate(points.begin(), points.end(), 0.0);
}

}  // namespace weir::score
