// Sums of points over distinct code words. Never reads a flow, so changed points are cheap.
#pragma once

#include "core/score/score.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace weir::score {

/// Sums of points of good and of bad codes.
struct Points {
    int goodness = 0, badness = 0;
};
/// Points of the codes in a word.
Points pointsOf(const Profile& profile, std::uint64_t word);

/// Names of the codes in a word, in profile order.
std::vector<std::string> codesOf(const Profile& profile, std::uint64_t word);

/// A combination of codes with its points.
struct Ranked {
    CodeCount count;
    Points points;
};
/// Words with at least one code, by badness, goodness and flows, highest first.
std::vector<Ranked> ranked(const Profile& profile, std::span<const CodeCount> words);

/// Number of flows by test; a flow counts once for each of its codes.
std::vector<std::uint64_t> flowsPerCode(const Profile& profile, std::span<const CodeCount> words);
/// Badness → number of scored flows. Flows without a code are at 0.
std::map<int, std::uint64_t> flowsPerBadness(const Profile& profile, std::span<const CodeCount> words);

}  // namespace weir::score
