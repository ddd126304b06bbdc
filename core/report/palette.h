// Colours of classes, the same as in the windows (Okabe-Ito, distinguishable for colour-blind readers).
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::report {

/// 0xrrggbb; grey for Other and for classes that do not ship with Weir.
std::uint32_t classColor(std::string_view className);

}  // namespace weir::report
