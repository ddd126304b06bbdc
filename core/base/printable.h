// Texts from files, shown.
#pragma once

#include <string>
#include <string_view>

namespace weir {

/// What terminals and widgets may be given of a text that a file, a path or a packet brought: control characters (C0,
/// DEL, C1), line ends, marks that change the direction of writing or cannot be seen, and bytes that are no UTF-8
/// become visible: \n, \t, \u{1b}, \u{202e}, \x9b. Anything else stays.
std::string printable(std::string_view text);

}  // namespace weir
