// The table of protocol names.
#include "core/flow/protocols.h"

#include "core/flow/lexer.h"

#include <array>
#include <charconv>

namespace weir::flow {
namespace {

// clang-format off
constexpr auto kProtocols = std::to_array<ProtocolName>({
    {0, "HOPOPT"}, {1, "ICMP"}, {2, "IGMP"}, {3, "GGP"}, {4, "IPIP"}, {4, "IPinIP"}, {5, "ST"}, {6, "TCP"}, {7, "CBT"}, {8, "EGP"},
    {9, "IGP"}, {12, "PUP"}, {17, "UDP"}, {20, "HMP"}, {22, "XNS-IDP"}, {27, "RDP"}, {28, "IRTP"}, {29, "ISO-TP4"}, {33, "DCCP"},
    {36, "XTP"}, {37, "DDP"}, {40, "IL"}, {41, "IPv6"}, {42, "SDRP"}, {43, "IPv6-Route"}, {44, "IPv6-Frag"}, {45, "IDRP"},
    {46, "RSVP"}, {47, "GRE"}, {50, "ESP"}, {51, "AH"}, {53, "SWIPE"}, {54, "NARP"}, {55, "MOBILE"}, {56, "TLSP"}, {57, "SKIP"}, {58, "ICMP6"}, {58, "IPv6-ICMP"}, {58, "ICMPv6"},
    {59, "IPv6-NoNxt"}, {60, "IPv6-Opts"}, {71, "IPCV"}, {73, "RSPF"}, {81, "VMTP"}, {88, "EIGRP"}, {89, "OSPF"}, {93, "AX.25"}, {94, "IPIP-enc"},
    {97, "ETHERIP"}, {98, "ENCAP"}, {103, "PIM"}, {108, "IPCOMP"}, {112, "VRRP"}, {115, "L2TP"}, {118, "STP"}, {124, "ISIS"}, {132, "SCTP"},
    {133, "FC"}, {135, "Mobility-Header"}, {136, "UDPLite"}, {137, "MPLS-in-IP"}, {138, "MANET"}, {139, "HIP"}, {140, "Shim6"},
    {141, "WESP"}, {142, "ROHC"}, {143, "Ethernet"},
});
// clang-format on
static_assert(
    [] {
        for (std::size_t i = 1; i < kProtocols.size(); ++i)
            if (kProtocols[i - 1].number > kProtocols[i].number) return false;
        return true;
    }(),
    "by number");

}  // namespace

std::span<const ProtocolName> protocolNames() { return kProtocols; }

std::optional<std::uint8_t> protocolNumber(std::string_view name) {
    std::uint8_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc{} && end == name.data() + name.size()) return number;
    for (const ProtocolName& p : kProtocols)
        if (equalsIgnoringCase(p.name, name)) return p.number;
    return {};
}

std::string protocolText(std::uint8_t number) {
    for (const ProtocolName& p : kProtocols)
        if (p.number == number) return std::string(p.name);
    return std::to_string(number);
}

std::string tcpFlagLetters(std::uint8_t flags) {
    std::string text = "CEUAPRSF";
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!(flags >> (7 - i) & 1)) text[i] = '.';
    return text;
}

}  // namespace weir::flow
