// Asserts of a rule set: which fail, and how much of the data they cover.
#pragma once

#include "core/session/evidence/judge.h"

#include <cstdint>

namespace weir::session {

/// How much of the data asserts cover.
struct AssertCoverage {
    std::size_t asserts = 0, failed = 0;
    std::uint64_t combinations = 0, flows = 0;  ///< observed combinations that an assert covers, and their flows
};
AssertCoverage assertCoverage(const Judgement& judgement);

/// Failed asserts as warnings at their lines: "expected Backscatter, the rules say Other".
Diagnostics failedAsserts(const Judgement& judgement);
/// A warning at each `one-of` and `never` line that flows violate, with the number of flows and their most frequent
/// signs.
Diagnostics brokenDeclarations(const Judgement& judgement);

}  // namespace weir::session
