// Which codes occur together, and badness with such codes discounted.
#pragma once

#include "core/score/score.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// How often each pair of codes occurs together. Tests are named by their index in the profile.
class Overlap {
public:
    Overlap() = default;
    /// Cost: words x tests².
    Overlap(std::size_t tests, std::span<const CodeCount> words);

    std::size_t tests() const { return tests_; }
    std::uint64_t flows() const { return flows_; }  ///< scored, with a code or without
    std::uint64_t both(std::size_t a, std::size_t b) const {
        return both_[a * tests_ + b];
    }  ///< a == b: flows with code a
    /// Jaccard index, 0 to 1: the share of flows with either code that have both; 0 when no flow has either.
    double likeness(std::size_t a, std::size_t b) const;
    /// Lift: how many times more often both occur together than expected by chance; 0 when either never occurs.
    double lift(std::size_t a, std::size_t b) const;

private:
    std::size_t tests_ = 0;
    std::uint64_t flows_ = 0;
    std::vector<std::uint64_t> both_;
};

/// Badness of a word with overlapping codes discounted. Codes are sorted by points, highest first (then in profile
/// order); each counts its points × the product of (1 − likeness) over the codes before it. Tests that always fire
/// together count once; tests that never do count in full.
double discountedBadness(const Profile& profile, const Overlap& overlap, std::uint64_t word);
/// Contribution of each test to discountedBadness(), by test; 0 for tests that are not in the word and for good tests.
std::vector<double> discountedPoints(const Profile& profile, const Overlap& overlap, std::uint64_t word);

}  // namespace weir::score
