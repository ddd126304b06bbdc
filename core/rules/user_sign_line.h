// `sign NAME = FILTER`: the one statement that contains text of another language, a filter.
#pragma once

#include <string_view>

namespace weir::rules {

/// True when the line begins with the keyword `sign` and is not a rule of that name.
bool isUserSign(std::string_view line);

}  // namespace weir::rules
