// One function a tunnel: the payload of a datagram → the datagram inside.
#include "core/capture/tunnel.h"

#include "core/capture/link_layer.h"

#include <array>

namespace weir::capture {
namespace {

constexpr int kMostLayers = 8;

/// Where the datagram inside goes; false = there is none.
using Tunnel = bool (*)(const PacketView& payload, PacketView& inner);

bool ip(const PacketView& at, PacketView& inner) {
    inner = at;
    return at.has(1);
}
bool ethernet(const PacketView& frame, PacketView& inner) { return findInEthernet(frame, inner) == Decoded::ip; }
bool skipping(std::size_t bytes, const PacketView& at, PacketView& inner) {
    return at.has(bytes) && ethernet(at.from(bytes), inner);
}

/// Type II has 8 bytes in front of the frame, type III 12 and, when its last bit is set, 8 more.
bool erspan3(const PacketView& at, PacketView& inner) {
    if (!at.has(12)) return false;
    return skipping(at.u8(11) & 1 ? 20 : 12, at, inner);
}

bool gre(const PacketView& at, PacketView& inner) {
    enum Flag : std::uint16_t {
        kChecksum = 0x8000,
        kRouting = 0x4000,
        kKey = 0x2000,
        kSequence = 0x1000,
        kAck = 0x0080
    };
    constexpr std::uint16_t kErspan = 0x88be, kErspan3 = 0x22eb, kPpp = 0x880b, kBridged = 0x6558, kVersion = 7;
    if (!at.has(4)) return false;
    const std::uint16_t flags = at.be16(0), type = at.be16(2);
    const bool pptp = (flags & kVersion) == 1;
    if ((flags & kRouting) || (flags & kVersion) > 1) return false;
    std::size_t header = 4;
    if (!pptp && flags & kChecksum) header += 4;
    if (flags & kKey) header += 4;
    if (flags & kSequence) header += 4;
    if (pptp && flags & kAck) header += 4;
    if (!at.has(header)) return false;
    const PacketView payload = at.from(header);
    if (pptp || type == kPpp) return findInPpp(payload, inner) == Decoded::ip;
    if (type == kErspan)
        return skipping(flags & kSequence ? 8 : 0, payload, inner);  // type I has neither sequence number nor header
    if (type == kErspan3) return erspan3(payload, inner);
    if (type == kBridged) return ethernet(payload, inner);
    return findInEtherType(type, payload, inner) == Decoded::ip;
}

bool etherIp(const PacketView& at, PacketView& inner) {
    return at.has(2) && at.u8(0) >> 4 == 3 && skipping(2, at, inner);
}

bool vxlan(const PacketView& at, PacketView& inner) {
    constexpr std::uint8_t kHasNetwork = 8;
    return at.has(8) && (at.u8(0) & kHasNetwork) && skipping(8, at, inner);
}

bool geneve(const PacketView& at, PacketView& inner) {
    constexpr std::uint16_t kBridged = 0x6558;
    if (!at.has(8) || at.u8(0) >> 6 != 0) return false;
    const std::size_t header = 8 + std::size_t{at.u8(0) & 0x3fu} * 4;
    if (!at.has(header)) return false;
    if (at.be16(2) == kBridged) return ethernet(at.from(header), inner);
    return findInEtherType(at.be16(2), at.from(header), inner) == Decoded::ip;
}

/// GTP version 1, user data.
bool gtp(const PacketView& at, PacketView& inner) {
    constexpr std::uint8_t kVersion1 = 0x30, kVersionMask = 0xf0, kAnyOption = 7, kExtension = 4, kUserData = 255;
    if (!at.has(8) || (at.u8(0) & kVersionMask) != kVersion1 || at.u8(1) != kUserData) return false;
    std::size_t header = 8;
    if (at.u8(0) & kAnyOption) {
        header += 4;
        if (!at.has(header)) return false;
        std::uint8_t next = at.u8(0) & kExtension ? at.u8(header - 1) : std::uint8_t(0);
        while (next != 0) {  // u8 length in 4 bytes, content, u8 type of the next
            if (!at.has(header + 1)) return false;
            const std::size_t length = std::size_t{at.u8(header)} * 4;
            if (length == 0 || !at.has(header + length)) return false;
            header += length;
            next = at.u8(header - 1);
        }
    }
    return ip(at.from(header), inner);
}

/// Possibly behind an authentication and an origin header.
bool teredo(const PacketView& payload, PacketView& inner) {
    PacketView at = payload;
    if (at.has(4) && at.be16(0) == 1) {
        const std::size_t header = 4 + std::size_t{at.u8(2)} + at.u8(3) + 9;
        if (!at.has(header)) return false;
        at = at.from(header);
    }
    if (at.has(8) && at.be16(0) == 0) at = at.from(8);
    return at.has(40) && at.u8(0) >> 4 == 6 && ip(at, inner);
}

struct UdpTunnel {
    std::uint16_t port;
    Tunnel find;
};
constexpr auto kUdpTunnels =
    std::to_array<UdpTunnel>({{2152, gtp}, {3544, teredo}, {4754, gre}, {4789, vxlan}, {6081, geneve}, {8472, vxlan}});

bool udp(const PacketView& at, PacketView& inner) {
    constexpr std::size_t kHeader = 8;
    if (!at.has(kHeader)) return false;
    const std::uint16_t source = at.be16(0), destination = at.be16(2);
    for (const UdpTunnel& t : kUdpTunnels)
        if (destination == t.port || (source == t.port && t.find == teredo)) return t.find(at.from(kHeader), inner);
    return false;
}

Tunnel tunnelOf(std::uint8_t protocol) {
    switch (protocol) {
        case 4:
        case 41: return ip;
        case 17: return udp;
        case 47: return gre;
        case 97: return etherIp;
        default: return nullptr;
    }
}

}  // namespace

PacketView innermostDatagram(const PacketView& outermost) {
    PacketView at = outermost;
    for (int layer = 0; layer < kMostLayers; ++layer) {
        const UpperLayer upper = upperLayer(at);
        const Tunnel tunnel = tunnelOf(upper.protocol);
        PacketView inner;
        flow::PacketRecord sound;
        if (!tunnel || !tunnel(upper.payload, inner) || decodeIp(inner, sound) != Decoded::ip) break;
        at = inner;
    }
    return at;
}

}  // namespace weir::capture
