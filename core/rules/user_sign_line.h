// `sign NAME = FILTER`: the one statement whose rest is text of another language.
#pragma once

#include <string_view>

namespace weir::rules {

/// The line begins with the keyword `sign`, and is no rule of that name.
bool isUserSign(std::string_view line);

}  // namespace weir::rules
