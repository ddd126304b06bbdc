// Which codes stand together, and what a sum is worth when they nearly always do.
#pragma once

#include "core/score/score.h"

#include <cstdint>
#include <span>
#include <vector>

namespace weir::score {

/// Counts of one set of words. Tests by index in the profile.
class Overlap {
public:
    Overlap() = default;
    /// Cost: words x tests².
    Overlap(std::size_t tests, std::span<const CodeCount> words);

    std::size_t tests() const { return tests_; }
    std::uint64_t flows() const { return flows_; }  ///< scored, with a code or without
    std::uint64_t both(std::size_t a, std::size_t b) const {
        return both_[a * tests_ + b];
    }  ///< a == b: flows that bear it
    /// Of the flows that bear either, the share that bears both (Jaccard); 0 when nobody bears either.
    double likeness(std::size_t a, std::size_t b) const;
    /// How many times as often they stand together as they would by chance; 0 when one of them is never given.
    double lift(std::size_t a, std::size_t b) const;

private:
    std::size_t tests_ = 0;
    std::uint64_t flows_ = 0;
    std::vector<std::uint64_t> both_;
};

/// Badness with codes discounted that say the same as another code of the word: the codes are taken by points, the
/// highest first (then in the order of the profile), and each counts points x the product of (1 − likeness) with those
/// before it. Tests that always fire together count once; tests that never do count in full.
double discountedBadness(const Profile& profile, const Overlap& overlap, std::uint64_t word);
/// What each test of the word counts in that sum, by test; 0 for tests that are not in it and for good ones.
std::vector<double> discountedPoints(const Profile& profile, const Overlap& overlap, std::uint64_t word);

}  // namespace weir::score
