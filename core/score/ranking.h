// What code words add up to under a profile: on the distinct words alone, so that changed points cost no look at a
// flow.
#pragma once

#include "core/score/score.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace weir::score {

struct Points {
    int goodness = 0, badness = 0;
};
Points pointsOf(const Profile& profile, std::uint64_t word);

/// Codes of a word, in the order of the profile.
std::vector<std::string> codesOf(const Profile& profile, std::uint64_t word);

struct Ranked {
    CodeCount count;
    Points points;
};
/// Combinations with a code by badness, goodness and flows, the highest first.
std::vector<Ranked> ranked(const Profile& profile, std::span<const CodeCount> words);

/// By test; a flow counts for each of its codes.
std::vector<std::uint64_t> flowsPerCode(const Profile& profile, std::span<const CodeCount> words);
/// Of all scored flows, those without a code at 0.
std::map<int, std::uint64_t> flowsPerBadness(const Profile& profile, std::span<const CodeCount> words);

}  // namespace weir::score
