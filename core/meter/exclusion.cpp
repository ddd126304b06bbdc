// The text of exclusions.
#include "core/base/text.h"
#include "core/flow/lexer.h"
#include "core/flow/protocols.h"
#include "core/meter/cleaning.h"

namespace weir::meter {
namespace {

bool readPort(std::string_view text, Exclusion& e) {
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        e.protocol = flow::protocolNumber(text.substr(0, slash));
        if (!e.protocol) return false;
        text.remove_prefix(slash + 1);
    }
    e.port = wholeNumber<std::uint16_t>(text);
    return e.port.has_value();
}

}  // namespace

std::optional<Exclusion> parseExclusion(std::string_view text) {
    Exclusion e;
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.empty()) return {};
    const std::size_t blank = text.find(' ');
    const std::string_view first = text.substr(0, blank);
    // A bare number is a port, not an address.
    if (!wholeNumber<std::uint16_t>(first)) e.prefix = flow::parsePrefix(first);
    if (!e.prefix) {
        if (blank != std::string_view::npos || !readPort(first, e)) return {};
        return e;
    }
    if (blank == std::string_view::npos) return e;
    if (!readPort(text.substr(text.find_first_not_of(' ', blank)), e)) return {};
    return e;
}

std::string toText(const Exclusion& e) {
    std::string out = e.prefix ? flow::toText(*e.prefix) : std::string();
    if (e.port) {
        if (!out.empty()) out += ' ';
        if (e.protocol) out += flow::lowered(flow::protocolText(*e.protocol)) + "/";
        out += std::to_string(*e.port);
    }
    return out;
}

}  // namespace weir::meter
