// IP addresses and prefixes.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace weir::flow {

/// Always 16 bytes in network order; IPv4 is kept as ::ffff:a.b.c.d, so that order and prefixes work alike for both.
struct IpAddr {
    std::array<std::uint8_t, 16> b{};

    static constexpr IpAddr v4(std::uint32_t host) {
        return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, std::uint8_t(host >> 24), std::uint8_t(host >> 16),
                 std::uint8_t(host >> 8), std::uint8_t(host)}};
    }
    bool isV4() const {
        static constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        return std::memcmp(b.data(), kMapped, 12) == 0;
    }
    /// Host byte order; only for isV4().
    constexpr std::uint32_t v4Value() const {
        return std::uint32_t(b[12]) << 24 | std::uint32_t(b[13]) << 16 | std::uint32_t(b[14]) << 8 | b[15];
    }
    friend constexpr auto operator<=>(const IpAddr&, const IpAddr&) = default;
};
static_assert(sizeof(IpAddr) == 16 && std::is_trivially_copyable_v<IpAddr>);

/// "192.0.2.1" or RFC 5952 text.
std::string toText(const IpAddr& a);
std::optional<IpAddr> parseAddress(std::string_view text);

/// A prefix in the 128-bit space: IPv4 lengths are kept as 96 + n. Bits behind the length are zero.
struct Prefix {
    IpAddr base;
    std::uint8_t length = 0;               ///< 0..128
    bool contains(const IpAddr& a) const;  ///< of the same family: ::/0 holds no IPv4 address
    IpAddr last() const;                   ///< highest address of the prefix
    friend constexpr auto operator<=>(const Prefix&, const Prefix&) = default;
};

std::string toText(const Prefix& p);  ///< "10.0.0.0/8", "2001:db8::/32"
/// A CIDR or a single address. Host bits behind the length are cleared.
std::optional<Prefix> parsePrefix(std::string_view text);

}  // namespace weir::flow
