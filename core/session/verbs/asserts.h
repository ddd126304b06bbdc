// Asserts of a rule set: which fail, and how much of the data they speak of.
#pragma once

#include "core/session/evidence/judge.h"

#include <cstdint>

namespace weir::session {

struct AssertCoverage {
    std::size_t asserts = 0, failed = 0;
    std::uint64_t combinations = 0, flows = 0;  ///< observed ones that an assert speaks of
};
AssertCoverage assertCoverage(const Judgement& judgement);

/// The failed ones as warnings at their lines: "expected Backscatter, the rules say Other".
Diagnostics failedAsserts(const Judgement& judgement);
/// A warning at each `one-of` and `never` line that flows break, with their number and their most frequent signs.
Diagnostics brokenDeclarations(const Judgement& judgement);

}  // namespace weir::session
