// Terms and lists that are looked up by name in FilterTerms.
#pragma once

#include "core/flow/filter_cursor.h"

#include <optional>

namespace weir::flow {

/// Each reads from its keyword to its last value. On a mistake: reports it and returns nothing, or `any` when only the
/// name is wrong.
std::optional<FilterNode> parseWordTerm(FilterCursor& cursor, const FilterTerms& terms, const FilterWord& word);
std::optional<FilterNode> parseCaptureTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseExporterTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseFlowTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseTagTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseCodeTerm(FilterCursor& cursor, const FilterTerms& terms);
std::optional<FilterNode> parseCommunityTerm(FilterCursor& cursor, const FilterTerms& terms);

/// `@NAME` stands at the cursor.
bool atListName(const FilterCursor& cursor);
/// Reads `@NAME`: addresses or ports of that list, of each vintage for the flows of its days. `any` after reporting a
/// problem.
FilterNode parseListedAddresses(FilterCursor& cursor, const FilterTerms& terms, End end);
FilterNode parseListedPorts(FilterCursor& cursor, const FilterTerms& terms, End end);

FilterNode leafOf(FilterLeaf leaf);
FilterNode notOf(FilterNode inner);

}  // namespace weir::flow
