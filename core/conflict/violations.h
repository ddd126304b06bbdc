// Declarations (`one-of`, `never`) against the data: what is proven with them holds only as far as flows keep to them.
#pragma once

#include "core/conflict/conflict.h"

#include <span>
#include <vector>

namespace weir::conflict {

/// Each declaration that some flow breaks, in text order. `planes`: of the words of the tally. Cost: signs of
/// declarations x words / 64.
std::vector<Violation> violations(const rules::RuleSet& set, std::span<const tally::WordCount> tally,
                                  const rules::WordPlanes& planes);

}  // namespace weir::conflict
