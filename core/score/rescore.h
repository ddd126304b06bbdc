// Rescoring after some tests changed: only those are evaluated again, all other bits of the words are reused.
#pragma once

#include "core/score/score.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace weir::score {

/// Maps the tests of a new profile to those of an old one.
struct TestChange {
    /// By test of the new profile: its index in the old one; nullopt = must be evaluated.
    std::vector<std::optional<std::size_t>> kept;
    std::vector<std::size_t> asked;  ///< tests of the new profile that must be evaluated
};
/// nullopt when the profiles apply to different directions: then all tests must be evaluated.
std::optional<TestChange> changeOf(const Profile& before, const Profile& after);

/// A profile of only the tests to evaluate.
Profile askedOf(const Profile& after, const TestChange& change);

/// Computes the scores of the new profile. `asked`: scores of askedOf() over the same records and range; nullptr when
/// no test had to be evaluated. Cost: one pass over the word numbers of the records.
Scores rescore(const Scores& before, const Scores* asked, const TestChange& change);

}  // namespace weir::score
