// Other points for the tests of a profile: words stay, only what they add up to changes.
#pragma once

#include "core/score/profile.h"

#include <string>

namespace weir::score {

/// Changes the number in `text`, which `parsed` was made of, and nothing else of it. REQUIRES parsed.good(), test <
/// tests, 0 <= points <= kMostPoints.
void setPoints(ParsedProfile& parsed, std::string& text, std::size_t test, int points);

/// Both give every flow the same word: equal tests in the same order, for the same directions. Points, kinds and the
/// name may differ.
bool sameTests(const Profile& a, const Profile& b);

}  // namespace weir::score
