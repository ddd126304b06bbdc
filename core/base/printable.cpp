// One pass over the code points.
#include "core/base/printable.h"

#include <cstdint>
#include <cstdio>

namespace weir {
namespace {

/// The code point that begins `text`, and its bytes; 0 bytes = no UTF-8.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 0;
};
CodePoint firstOf(std::string_view text) {
    const auto at = [&](std::size_t i) { return std::uint32_t(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = at(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
    std::uint32_t v = lead & (0x7fu >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((at(i) & 0xc0) != 0x80) return {};
        v = v << 6 | (at(i) & 0x3f);
    }
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (v < kLeast[bytes] || v > 0x10ffff || (v >= 0xd800 && v < 0xe000)) return {};
    return {v, bytes};
}

/// Controls, marks of direction, line and paragraph separators, characters without a width.
bool isHidden(std::uint32_t c) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
    return c == 0xad || c == 0x061c || c == 0x180e || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c < 0xe1000);
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const CodePoint c = firstOf(text);
        char escape[16] = "";
        if (c.bytes == 0)
            std::snprintf(escape, sizeof escape, "\\x%02x", unsigned(static_cast<unsigned char>(text[0])));
        else if (c.value == '\n' || c.value == '\t')
            std::snprintf(escape, sizeof escape, c.value == '\n' ? "\\n" : "\\t");
        else if (isHidden(c.value))
            std::snprintf(escape, sizeof escape, "\\u{%x}", unsigned(c.value));
        const std::size_t bytes = c.bytes ? c.bytes : 1;
        if (escape[0])
            out += escape;
        else
            out += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return out;
}

}  // namespace weir
