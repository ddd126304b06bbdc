// One term of a filter: from its keyword to its last value.
#pragma once

#include "core/flow/filter_cursor.h"

#include <optional>

namespace weir::flow {

/// Reads the term at the cursor. `odd`: it stands under an odd number of `not` (what flag letters mean depends on it).
/// On a mistake: reports it and returns nothing; the cursor stands at the offending token.
std::optional<FilterNode> parseTerm(FilterCursor& cursor, const FilterTerms& terms, bool odd);

}  // namespace weir::flow
