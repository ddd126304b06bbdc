// Typed numbers that cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>

namespace weir {

template <class Tag, class Rep>
struct Strong {
    Rep v{};
    friend constexpr auto operator<=>(Strong, Strong) = default;
};

}  // namespace weir
