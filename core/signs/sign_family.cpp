// The registry of families.
#include "core/signs/sign_family.h"

#include <algorithm>
#include <array>

namespace weir::signs {

unsigned SignFamily::bitOf(std::string_view sign) const {
    return static_cast<unsigned>(std::ranges::find(names, sign) - names.begin());
}

// clang-format off
std::span<const SignFamily* const> families() {
    static const auto kFamilies = std::to_array<const SignFamily*>({
        &oneWay(),
    });
    return kFamilies;
}
// clang-format on

const SignFamily* findFamily(std::string_view id) {
    const auto found = std::ranges::find(families(), id, &SignFamily::id);
    return found == families().end() ? nullptr : *found;
}

}  // namespace weir::signs
