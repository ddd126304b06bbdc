// What can be typed next in a filter.
#pragma once

#include "core/flow/filter_terms.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weir::flow {

struct FilterCompletion {
    std::string text;  ///< the whole word, to stand in place of the one that ends at the offset
    std::string help;
};
/// Words that can stand at byte `offset`, those that begin with what is already typed there; in the order of the
/// keyword table.
std::vector<FilterCompletion> completeFilterText(std::string_view text, std::size_t offset, const FilterTerms& terms);

}  // namespace weir::flow
