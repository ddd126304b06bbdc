// Link headers, outermost first, down to the IP datagram.
#include "core/capture/link_layer.h"

#include <array>

namespace weir::capture {
namespace {

constexpr int kMostTags = 16;  ///< VLAN tags, MPLS labels: more are taken as damage

enum EtherType : std::uint16_t {
    kIpv4 = 0x0800, kArp = 0x0806, kRarp = 0x8035, kVlan = 0x8100, kQinQ = 0x88a8, kOldQinQ = 0x9100, kOldQinQ2 = 0x9200, kOldQinQ3 = 0x9300,
    kIpv6 = 0x86dd, kMpls = 0x8847, kMplsMulticast = 0x8848, kPppoeSession = 0x8864, kTransparentEthernet = 0x6558,
};
constexpr std::uint16_t kFirstEtherType = 0x0600;  ///< below: an IEEE 802.3 length

Decoded decodePppProtocol(const PacketView& at, flow::PacketRecord& out) {
    if (!at.has(1)) return Decoded::cutLink;
    const bool compressed = at.u8(0) & 1;
    if (!compressed && !at.has(2)) return Decoded::cutLink;
    const unsigned protocol = compressed ? at.u8(0) : at.be16(0);
    const PacketView payload = at.from(compressed ? 1 : 2);
    if (protocol == 0x0021) return decodeIpv4(payload, out);
    if (protocol == 0x0057) return decodeIpv6(payload, out);
    return Decoded::notIp;
}

/// PPP, with or without its HDLC framing ff 03.
Decoded decodePpp(const PacketView& at, flow::PacketRecord& out) {
    if (at.has(2) && at.be16(0) == 0xff03) return decodePppProtocol(at.from(2), out);
    return decodePppProtocol(at, out);
}

Decoded decodePppoe(const PacketView& at, flow::PacketRecord& out) {
    if (!at.has(6)) return Decoded::cutLink;
    if (at.u8(1) != 0) return Decoded::notIp;  // discovery
    return decodePppProtocol(at.from(6), out);
}

/// A label stack; what follows is IP if it begins like IP (a pseudowire's control word begins with 0 or 1).
Decoded decodeMpls(PacketView at, flow::PacketRecord& out) {
    for (int labels = 0; labels < kMostTags; ++labels) {
        if (!at.has(4)) return Decoded::cutLink;
        const bool bottom = at.u8(2) & 1;
        at = at.from(4);
        if (!bottom) continue;
        if (!at.has(1)) return Decoded::cutLink;
        const int version = at.u8(0) >> 4;
        return version == 4 || version == 6 ? decodeIp(at, out) : Decoded::notIp;
    }
    return Decoded::notIp;
}

/// `at` begins behind the type.
Decoded decodeEtherType(std::uint16_t type, PacketView at, flow::PacketRecord& out) {
    for (int tags = 0; tags < kMostTags; ++tags) {
        switch (type) {
        case kIpv4: return decodeIpv4(at, out);
        case kIpv6: return decodeIpv6(at, out);
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
        case kMplsMulticast: return decodeMpls(at, out);
        case kPppoeSession: return decodePppoe(at, out);
        default: break;
        }
        // LLC with a SNAP header of organisation 0: the type follows.
        if (type >= kFirstEtherType || !at.has(8) || at.be16(0) != 0xaaaa || at.u8(2) != 3 || at.be16(3) != 0 || at.u8(5) != 0) break;
        type = at.be16(6);
        at = at.from(8);
    }
    return Decoded::notIp;
}

Decoded decodeEthernet(const PacketView& frame, flow::PacketRecord& out) {
    if (!frame.has(14)) return Decoded::cutLink;
    const std::uint16_t type = frame.be16(12);
    if (type == kIpv4) return decodeIpv4(frame.from(14), out);
    return decodeEtherType(type, frame.from(14), out);
}

Decoded decodeCooked(const PacketView& frame, flow::PacketRecord& out) {
    if (!frame.has(16)) return Decoded::cutLink;
    return decodeEtherType(frame.be16(14), frame.from(16), out);
}

Decoded decodeCooked2(const PacketView& frame, flow::PacketRecord& out) {
    if (!frame.has(20)) return Decoded::cutLink;
    return decodeEtherType(frame.be16(0), frame.from(20), out);
}

/// A 4-byte address family in the byte order of the machine that captured; values of the BSDs, macOS, Linux and Windows.
Decoded decodeLoopback(const PacketView& frame, flow::PacketRecord& out) {
    if (!frame.has(4)) return Decoded::cutLink;
    const unsigned big = unsigned{frame.be16(0)} << 16 | frame.be16(2);
    const unsigned little = unsigned{frame.u8(3)} << 24 | unsigned{frame.u8(2)} << 16 | unsigned{frame.u8(1)} << 8 | frame.u8(0);
    switch (big < little ? big : little) {
    case 2: return decodeIpv4(frame.from(4), out);
    case 10:
    case 23:
    case 24:
    case 28:
    case 30: return decodeIpv6(frame.from(4), out);
    default: return decodeEtherType(frame.be16(2), frame.from(4), out);  // some systems put an EtherType into the second half
    }
}

/// Cisco HDLC: address, control, EtherType.
Decoded decodeHdlc(const PacketView& frame, flow::PacketRecord& out) {
    if (!frame.has(4)) return Decoded::cutLink;
    return decodeEtherType(frame.be16(2), frame.from(4), out);
}

/// PPP in HDLC-like framing, or Cisco HDLC, told apart by the first byte.
Decoded decodePppHdlc(const PacketView& frame, flow::PacketRecord& out) {
    if (frame.has(1) && (frame.u8(0) == 0x0f || frame.u8(0) == 0x8f)) return decodeHdlc(frame, out);
    return decodePpp(frame, out);
}

/// A bare LLC header, as on ATM (RFC 2684): like the inside of an IEEE 802.3 frame.
Decoded decodeLlc(const PacketView& frame, flow::PacketRecord& out) { return decodeEtherType(0, frame, out); }

Decoded decodeUnknown(const PacketView&, flow::PacketRecord&) { return Decoded::unknownLink; }

struct LinkDef {
    std::uint16_t type;
    LinkDecoder decode;
};
// Raw IP was numbered by each BSD on its own: 12 and 14 occur in files beside the official 101.
constexpr auto kLinks = std::to_array<LinkDef>({
    {0, decodeLoopback}, {1, decodeEthernet}, {9, decodePpp}, {12, decodeIp}, {14, decodeIp}, {50, decodePppHdlc}, {51, decodePppoe},
    {100, decodeLlc}, {101, decodeIp}, {104, decodeHdlc}, {108, decodeLoopback}, {113, decodeCooked}, {228, decodeIpv4}, {229, decodeIpv6},
    {276, decodeCooked2},
});
static_assert([] {
    for (std::size_t i = 1; i < kLinks.size(); ++i)
        if (kLinks[i - 1].type >= kLinks[i].type) return false;
    return true;
}(), "link types are unique and ascending");

}  // namespace

LinkDecoder linkDecoder(std::uint32_t linkType) {
    for (const LinkDef& link : kLinks)
        if (link.type == linkType) return link.decode;
    return decodeUnknown;
}

}  // namespace weir::capture
