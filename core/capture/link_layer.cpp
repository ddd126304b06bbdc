// Link headers, outermost first, down to the IP datagram.
#include "core/capture/link_layer.h"

#include "core/capture/erf.h"
#include "core/capture/wireless.h"

#include <array>

namespace weir::capture {
namespace {

constexpr int kMostTags = 16;  ///< VLAN tags, MPLS labels: more are taken as damage

enum EtherType : std::uint16_t {
    kIpv4 = 0x0800,
    kArp = 0x0806,
    kRarp = 0x8035,
    kVlan = 0x8100,
    kQinQ = 0x88a8,
    kOldQinQ = 0x9100,
    kOldQinQ2 = 0x9200,
    kOldQinQ3 = 0x9300,
    kIpv6 = 0x86dd,
    kMpls = 0x8847,
    kMplsMulticast = 0x8848,
    kPppoeSession = 0x8864,
    kTransparentEthernet = 0x6558,
};
constexpr std::uint16_t kFirstEtherType = 0x0600;  ///< below: an IEEE 802.3 length

Decoded foundIp(const PacketView& datagram, PacketView& ip) {
    ip = datagram;
    return Decoded::ip;
}
/// The link header says which version it is.
template <unsigned kVersion>
Decoded foundIpOf(const PacketView& datagram, PacketView& ip) {
    ip = datagram;
    return !datagram.has(1) || datagram.u8(0) >> 4 == kVersion ? Decoded::ip : Decoded::badIp;
}

Decoded findInPppPayload(const PacketView& at, PacketView& ip) {
    if (!at.has(1)) return Decoded::cutLink;
    const bool compressed = at.u8(0) & 1;
    if (!compressed && !at.has(2)) return Decoded::cutLink;
    const unsigned protocol = compressed ? at.u8(0) : at.be16(0);
    const PacketView payload = at.from(compressed ? 1 : 2);
    if (protocol == 0x0021) return foundIpOf<4>(payload, ip);
    if (protocol == 0x0057) return foundIpOf<6>(payload, ip);
    return Decoded::notIp;
}

Decoded findInPppoe(const PacketView& at, PacketView& ip) {
    if (!at.has(6)) return Decoded::cutLink;
    if (at.u8(1) != 0) return Decoded::notIp;  // discovery
    return findInPppPayload(at.from(6), ip);
}

/// A label stack; what follows is IP if it begins like IP (a pseudowire's control word begins with 0 or 1).
Decoded findInMpls(PacketView at, PacketView& ip) {
    for (int labels = 0; labels < kMostTags; ++labels) {
        if (!at.has(4)) return Decoded::cutLink;
        const bool bottom = at.u8(2) & 1;
        at = at.from(4);
        if (!bottom) continue;
        if (!at.has(1)) return Decoded::cutLink;
        const int version = at.u8(0) >> 4;
        return version == 4 || version == 6 ? foundIp(at, ip) : Decoded::notIp;
    }
    return Decoded::notIp;
}

Decoded findInCooked(const PacketView& frame, PacketView& ip) {
    if (!frame.has(16)) return Decoded::cutLink;
    return findInEtherType(frame.be16(14), frame.from(16), ip);
}

Decoded findInCooked2(const PacketView& frame, PacketView& ip) {
    if (!frame.has(20)) return Decoded::cutLink;
    return findInEtherType(frame.be16(0), frame.from(20), ip);
}

/// A 4-byte address family in the byte order of the machine that captured; values of the BSDs, macOS, Linux and
/// Windows.
Decoded findInLoopback(const PacketView& frame, PacketView& ip) {
    if (!frame.has(4)) return Decoded::cutLink;
    const unsigned big = unsigned{frame.be16(0)} << 16 | frame.be16(2);
    const unsigned little =
        unsigned{frame.u8(3)} << 24 | unsigned{frame.u8(2)} << 16 | unsigned{frame.u8(1)} << 8 | frame.u8(0);
    switch (big < little ? big : little) {
        case 2: return foundIpOf<4>(frame.from(4), ip);
        case 10:
        case 23:
        case 24:
        case 28:
        case 30: return foundIpOf<6>(frame.from(4), ip);
        default:
            return findInEtherType(frame.be16(2), frame.from(4),
                                   ip);  // some systems put an EtherType into the second half
    }
}

/// Cisco HDLC: address, control, EtherType.
Decoded findInHdlc(const PacketView& frame, PacketView& ip) {
    if (!frame.has(4)) return Decoded::cutLink;
    return findInEtherType(frame.be16(2), frame.from(4), ip);
}

Decoded unknownLink(const PacketView&, PacketView&) { return Decoded::unknownLink; }

struct LinkDef {
    std::uint16_t type;
    LinkDecoder find;
};
// Raw IP was numbered by each BSD on its own: 12 and 14 occur in files beside the official 101.
constexpr auto kLinks = std::to_array<LinkDef>({
    {0, findInLoopback},   {1, findInEthernet},   {9, findInPpp},      {12, foundIp},       {14, foundIp},
    {50, findInPppHdlc},   {51, findInPppoe},     {100, findInLlc},    {101, foundIp},      {104, findInHdlc},
    {105, findInWireless}, {108, findInLoopback}, {113, findInCooked}, {119, findInPrism},  {127, findInRadiotap},
    {163, findInAvs},      {192, findInPpi},      {197, findInErf},    {228, foundIpOf<4>}, {229, foundIpOf<6>},
    {276, findInCooked2},
});
static_assert(
    [] {
        for (std::size_t i = 1; i < kLinks.size(); ++i)
            if (kLinks[i - 1].type >= kLinks[i].type) return false;
        return true;
    }(),
    "link types are unique and ascending");

}  // namespace

Decoded findInEtherType(std::uint16_t type, PacketView at, PacketView& ip) {
    for (int tags = 0; tags < kMostTags; ++tags) {
        switch (type) {
            case kIpv4: return foundIpOf<4>(at, ip);
            case kIpv6: return foundIpOf<6>(at, ip);
            case kArp:
            case kRarp: return Decoded::arp;
            case kVlan:
            case kQinQ:
            case kOldQinQ:
            case kOldQinQ2:
            case kOldQinQ3:
                if (!at.has(4)) return Decoded::cutLink;
                type = at.be16(2);
                at = at.from(4);
                continue;
            case kMpls:
            case kMplsMulticast: return findInMpls(at, ip);
            case kPppoeSession: return findInPppoe(at, ip);
            default: break;
        }
        // LLC with a SNAP header of organisation 0: the type follows.
        if (type >= kFirstEtherType || !at.has(8) || at.be16(0) != 0xaaaa || at.u8(2) != 3 || at.be16(3) != 0 ||
            at.u8(5) != 0)
            break;
        type = at.be16(6);
        at = at.from(8);
    }
    return Decoded::notIp;
}

Decoded findInEthernet(const PacketView& frame, PacketView& ip) {
    if (!frame.has(14)) return Decoded::cutLink;
    const std::uint16_t type = frame.be16(12);
    if (type == kIpv4) return foundIpOf<4>(frame.from(14), ip);
    return findInEtherType(type, frame.from(14), ip);
}

Decoded findInPpp(const PacketView& at, PacketView& ip) {
    if (at.has(2) && at.be16(0) == 0xff03) return findInPppPayload(at.from(2), ip);
    return findInPppPayload(at, ip);
}

Decoded findInPppHdlc(const PacketView& frame, PacketView& ip) {
    if (frame.has(1) && (frame.u8(0) == 0x0f || frame.u8(0) == 0x8f)) return findInHdlc(frame, ip);
    return findInPpp(frame, ip);
}

/// A bare LLC header, as on ATM (RFC 2684): like the inside of an IEEE 802.3 frame.
Decoded findInLlc(const PacketView& frame, PacketView& ip) { return findInEtherType(0, frame, ip); }

LinkDecoder linkDecoder(std::uint32_t linkType) {
    for (const LinkDef& link : kLinks)
        if (link.type == linkType) return link.find;
    return unknownLink;
}

}  // namespace weir::capture
