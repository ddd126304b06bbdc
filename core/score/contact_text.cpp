// See contact_text.h.
#include "core/score/contact_text.h"

#include "core/score/row_values.h"

#include <cstdio>

namespace weir::score {

std::string contactText(const flow::RecordColumns& c, flow::Side side, std::size_t row,
                        const flow::AddressTable& addresses) {
    return toText(addresses[sourceOf(c, side, row)]) + " to " + toText(addresses[destinationOf(c, side, row)]) +
           " port " + std::to_string(portOf(c, false, side, row));
}

std::string spanText(std::int64_t us) {
    constexpr std::int64_t kMinute = 60'000'000;
    if (us > 0 && us % (60 * kMinute) == 0) return std::to_string(us / (60 * kMinute)) + " h";
    if (us > 0 && us % kMinute == 0) return std::to_string(us / kMinute) + " min";
    char text[32];
    std::snprintf(text, sizeof text, us < 100'000'000 ? "%.3g s" : "%.0f s", double(us) / 1e6);
    return text;
}

std::string percentText(std::uint64_t part, std::uint64_t whole) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", whole == 0 ? 0 : 100.0 * double(part) / double(whole));
    return text;
}

}  // namespace weir::score
