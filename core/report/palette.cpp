// One line per class.
#include "core/report/palette.h"

#include <array>
#include <utility>

namespace weir::report {
namespace {

constexpr auto kColors = std::to_array<std::pair<std::string_view, std::uint32_t>>({
    {"Malicious Scanning", 0xd55e00},
    {"Backscatter", 0xe69f00},
    {"Service Unreachable", 0xcc79a7},
    {"Benign P2P", 0x56b4e9},
    {"Suspected Benign", 0x009e73},
    {"Bogon", 0xf0e442},
});
constexpr std::uint32_t kOther = 0x8a9199;

}  // namespace

std::uint32_t classColor(std::string_view className) {
    for (const auto& [name, color] : kColors)
        if (name == className) return color;
    return kOther;
}

}  // namespace weir::report
