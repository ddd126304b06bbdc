// Colours of classes: those of the windows (Okabe-Ito, told apart by colour-blind readers).
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::report {

/// 0xrrggbb; grey for Other and names that do not ship.
std::uint32_t classColor(std::string_view className);

}  // namespace weir::report
