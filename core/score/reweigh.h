// Changes the points of a profile's tests: words stay the same, only their sums change.
#pragma once

#include "core/score/profile.h"

#include <string>

namespace weir::score {

/// Sets the points of one test in `parsed`, and in `text`, from which it was parsed. Nothing else changes. REQUIRES
/// parsed.good(), test < tests, 0 <= points <= kMostPoints.
void setPoints(ParsedProfile& parsed, std::string& text, std::size_t test, int points);

/// True when both profiles give every flow the same word: equal tests in the same order, for the same directions.
/// Points, kinds and the name may differ.
bool sameTests(const Profile& a, const Profile& b);

}  // namespace weir::score
