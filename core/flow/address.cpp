// Text forms of addresses and prefixes (inet_pton and inet_ntop do the work).
#include "core/flow/address.h"

#include <arpa/inet.h>
#include <charconv>

namespace weir::flow {
namespace {

/// Clears (value 0) or sets (value 1) every bit from `length` on.
IpAddr fillFrom(IpAddr a, unsigned length, bool ones) {
    for (unsigned i = 0; i < 16; ++i) {
        const unsigned firstBit = i * 8;
        if (firstBit + 8 <= length) continue;
        const auto keep = length > firstBit ? std::uint8_t(0xff << (8 - (length - firstBit))) : std::uint8_t(0);
        a.b[i] = std::uint8_t((a.b[i] & keep) | (ones ? std::uint8_t(~keep) : 0));
    }
    return a;
}

}  // namespace

std::string toText(const IpAddr& a) {
    char text[INET6_ADDRSTRLEN];
    const bool v4 = a.isV4();
    if (!::inet_ntop(v4 ? AF_INET : AF_INET6, a.b.data() + (v4 ? 12 : 0), text, sizeof text)) return {};
    return text;
}

std::optional<IpAddr> parseAddress(std::string_view text) {
    const std::string z(text);
    if (z.find(':') == std::string::npos) {
        in_addr v4{};
        if (::inet_pton(AF_INET, z.c_str(), &v4) != 1) return {};
        return IpAddr::v4(ntohl(v4.s_addr));
    }
    IpAddr a;
    if (::inet_pton(AF_INET6, z.c_str(), a.b.data()) != 1) return {};
    return a;
}

bool Prefix::contains(const IpAddr& a) const {
    const bool v4Prefix = length >= 96 && base.isV4();
    return a.isV4() == v4Prefix && fillFrom(a, length, false) == base;
}

IpAddr Prefix::last() const { return fillFrom(base, length, true); }

std::string toText(const Prefix& p) {
    const bool v4 = p.base.isV4() && p.length >= 96;
    return toText(p.base) + "/" + std::to_string(v4 ? p.length - 96 : int(p.length));
}

std::optional<Prefix> parsePrefix(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parseAddress(text.substr(0, slash));
    if (!address) return {};
    const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    unsigned length = v4 ? 32 : 128;
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        unsigned given = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), given);
        if (error != std::errc{} || end != digits.data() + digits.size() || given > length) return {};
        length = given;
    }
    if (v4) length += 96;
    return Prefix{fillFrom(*address, length, false), std::uint8_t(length)};
}

}  // namespace weir::flow
