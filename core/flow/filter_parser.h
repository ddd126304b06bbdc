// The filter language (language.md 1): text → tree, with all problems at once.
#pragma once

#include "core/base/diagnostic.h"
#include "core/flow/filter_ast.h"

#include <string_view>

namespace weir::flow {

struct ParsedFilter {
    FilterNode root;          ///< meaningful only when good()
    Diagnostics diagnostics;  ///< in text order
    bool good() const;
};

/// An empty text (or only comments) means `any`. What nfdump 1.7.1 accepts for the same terms means the same here; in
/// particular
/// - keywords are case-insensitive; `not` binds tightest, then `and`, then `or`;
/// - `flags XY` wants all of them set, under an odd number of `not` none of them; every flags term holds for TCP only;
/// - durations are whole milliseconds, 0 for records that end before they start (nfdump: huge); 0.0.0.0 is not ::
/// (nfdump: the same);
/// - without src or dst a term holds when it holds for either end (`!=` is the opposite of `=`: no end has that value).
/// Never recurses deeper than 200 levels; text over 4 MiB is refused. Cost: linear in the text.
ParsedFilter parseFilter(std::string_view text, const FilterTerms& terms);

}  // namespace weir::flow
