// Checks declarations (`one-of`, `never`) against the data: proofs that use them hold only for flows that satisfy them.
#pragma once

#include "core/conflict/conflict.h"

#include <span>
#include <vector>

namespace weir::conflict {

/// Each declaration that some flow violates, in text order. `planes`: of the tally's words. Cost: signs of declarations
/// x words / 64.
std::vector<Violation> violations(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                  const rules::WordPlanes& planes);

}  // namespace weir::conflict
