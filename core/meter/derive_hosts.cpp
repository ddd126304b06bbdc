// markHosts: which addresses are inside, and which name a group.
#include "core/meter/derive.h"

#include <algorithm>

namespace weir::meter {
namespace {

constexpr flow::Prefix v4Prefix(std::uint32_t base, std::uint8_t length) {
    return {flow::IpAddr::v4(base), std::uint8_t(96 + length)};
}
constexpr flow::Prefix v6Prefix(std::uint8_t first, std::uint8_t second, std::uint8_t length) {
    return {{{first, second}}, length};
}

// RFC 5771, RFC 919, RFC 3927, RFC 4291.
constexpr flow::Prefix kGroups[] = {v4Prefix(0xe0000000, 4), v4Prefix(0xffffffff, 32), v4Prefix(0xa9fe0000, 16),
                                    v6Prefix(0xff, 0, 8), v6Prefix(0xfe, 0x80, 10)};

}  // namespace

std::vector<std::uint8_t> markHosts(const flow::AddressTable& addresses, std::span<const flow::Prefix> local) {
    std::vector<std::uint8_t> bits(addresses.size(), 0);
    std::fill_n(bits.begin(), addresses.v4().size(), flow::kIpv4Host);
    const auto mark = [&](const flow::Prefix& p, std::uint8_t bit) {
        const auto [from, to] = addresses.range(p);
        for (flow::HostId id = from; id < to; ++id) bits[id] = std::uint8_t(bits[id] | bit);
    };
    for (const flow::Prefix& p : kGroups) mark(p, kGroupHost);
    for (const flow::Prefix& p : local) {
        mark(p, kLocalHost);
        // Point-to-point links and single hosts have no broadcast address (RFC 3021).
        const bool hasBroadcast = p.base.isV4() && p.length >= 96 && p.length <= 126;
        if (hasBroadcast) mark({p.last(), 128}, kGroupHost);
    }
    return bits;
}

}  // namespace weir::meter
