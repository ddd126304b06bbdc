// Terms and lists that are looked up by name in FilterTerms.
#pragma once

#include "core/flow/filter_cursor.h"

#include <memory>
#include <optional>

namespace weir::flow {

/// Each reads from its keyword to its last value. On a mistake: reports it and returns nothing, or `any` when only the name is wrong.
std::optional<FilterNode> parseWordTerm(FilterCursor& cursor, const FilterTerms& terms, const FilterWord& word);
std::optional<FilterNode> parseCaptureTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseExporterTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseCommunityTerm(FilterCursor& cursor, const FilterTerms& terms);

/// `@NAME` stands at the cursor.
bool atListName(const FilterCursor& cursor);
/// Reads `@NAME`. Null after reporting that there is no such list.
std::shared_ptr<const NamedList> parseListName(FilterCursor& cursor, const FilterTerms& terms);
/// The ports of a list at an end; entries of one protocol hold for that protocol only.
FilterNode portsOfList(const NamedList& list, End end);

FilterNode leafOf(FilterLeaf leaf);
FilterNode notOf(FilterNode inner);

}  // namespace weir::flow
