// A profile with some tests changed: only those are asked again, the other bits of every word are kept.
#pragma once

#include "core/score/score.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace weir::score {

/// Where the tests of a new profile stand in an old one.
struct TestChange {
    std::vector<std::optional<std::size_t>>
        kept;  ///< by test of the new profile: its place in the old one; nothing = it must be asked
    std::vector<std::size_t> asked;  ///< tests of the new profile that must be asked
};
/// Nothing when the profiles apply to other directions: then all must be asked.
std::optional<TestChange> changeOf(const Profile& before, const Profile& after);

/// The tests to be asked, as a profile of their own; the others and their bits are left out.
Profile askedOf(const Profile& after, const TestChange& change);

/// Words of the new profile. `asked`: scores of askedOf() over the same records and range; nullptr when no test was
/// asked. Cost: one pass over the numbers.
Scores rescore(const Scores& before, const Scores* asked, const TestChange& change);

}  // namespace weir::score
