// IPv4 and IPv6 headers, extension headers, ports.
#include "core/capture/packet_decode.h"

#include <cstring>

namespace weir::capture {
namespace {

constexpr std::size_t kIpv4Header = 20, kIpv6Header = 40;
constexpr int kMostExtensionHeaders = 16;
constexpr unsigned kOffset4 = 0x1fff, kMore4 = 0x2000;  // of the IPv4 fragment field
enum ExtensionHeader : std::uint8_t {
    kHopByHop = 0,
    kRouting = 43,
    kFragment = 44,
    kAuthentication = 51,
    kNoNext = 59,
    kDestination = 60
};

std::uint32_t length32(std::size_t bytes) {
    return bytes > 0xffffffffu ? 0xffffffffu : static_cast<std::uint32_t>(bytes);
}

void clearTransport(flow::PacketRecord& out) {
    out.srcPort = out.dstPort = out.icmpTypeCode = 0;
    out.tcpFlags = 0;
}

/// `payload` begins with the transport header.
void decodeTransport(const PacketView& payload, flow::PacketRecord& out) {
    switch (out.protocol) {
        case flow::kTcp:
            if (payload.has(14)) out.tcpFlags = payload.u8(13);
            [[fallthrough]];
        case flow::kUdp:
            if (payload.has(4)) {
                out.srcPort = payload.be16(0);
                out.dstPort = payload.be16(2);
            }
            break;
        case flow::kIcmp:
        case flow::kIcmp6:
            if (payload.has(2)) out.icmpTypeCode = payload.be16(0);
            break;
        default: break;
    }
}

/// Passes the extension headers that are captured.
UpperLayer skipExtensionHeaders(std::uint8_t next, PacketView at) {
    UpperLayer out;
    const auto endAt = [&](std::uint8_t protocol, PacketView payload) {
        out.protocol = protocol;
        out.payload = payload;
        return out;
    };
    for (int passed = 0; passed < kMostExtensionHeaders; ++passed) {
        std::size_t length = 8;
        switch (next) {
            case kHopByHop:
            case kRouting:
            case kDestination:
                if (!at.has(8)) return endAt(next, {});
                length = 8 + std::size_t{at.u8(1)} * 8;
                break;
            case kAuthentication:
                if (!at.has(8)) return endAt(next, {});
                length = 8 + std::size_t{at.u8(1)} * 4;
                break;
            case kFragment:
                if (!at.has(8)) return endAt(next, {});
                out.fragmentId = std::uint32_t{at.be16(4)} << 16 | at.be16(6);
                out.laterFragment = at.be16(2) & 0xfff8;
                out.firstFragment = !out.laterFragment && (at.be16(2) & 1);
                if (out.laterFragment) return endAt(at.u8(0), {});
                break;
            default: return endAt(next, at);
        }
        const std::uint8_t following = at.u8(0);
        if (!at.has(length)) return endAt(following, {});
        next = following;
        at = at.from(length);
    }
    return endAt(next, {});
}

/// REQUIRES a whole IPv6 header.
std::size_t lengthOf6(const PacketView& packet) {
    const std::size_t payload = packet.be16(4);
    return payload == 0 && packet.u8(6) != kNoNext ? packet.wire() : payload + kIpv6Header;
}

/// REQUIRES a whole IPv4 header.
std::size_t lengthOf4(const PacketView& packet) { return packet.be16(2) == 0 ? packet.wire() : packet.be16(2); }

}  // namespace

DropReason dropReason(Decoded d) {
    switch (d) {
        case Decoded::arp: return {"ARP", false};
        case Decoded::unknownLink: return {"unknown link type", false};
        case Decoded::cutLink: return {"packet ends inside its link header", true};
        case Decoded::cutIp: return {"packet ends inside its IP header", true};
        case Decoded::badIp: return {"damaged IP header", true};
        case Decoded::ip:
        case Decoded::notIp: break;
    }
    return {"not IP", false};
}

Decoded decodeIpv4(const PacketView& packet, flow::PacketRecord& out) {
    if (!packet.has(kIpv4Header)) return Decoded::cutIp;
    const std::uint8_t versionAndLength = packet.u8(0);
    const std::size_t header = std::size_t{versionAndLength & 15u} * 4;
    if (versionAndLength >> 4 != 4 || header < kIpv4Header) return Decoded::badIp;
    const std::size_t total = lengthOf4(packet);
    if (total < header) return Decoded::badIp;

    static constexpr flow::IpAddr kMapped = flow::IpAddr::v4(0);
    out.src = out.dst = kMapped;
    std::memcpy(out.src.b.data() + 12, packet.data() + 12, 4);
    std::memcpy(out.dst.b.data() + 12, packet.data() + 16, 4);
    out.ipBytes = length32(total);
    out.protocol = packet.u8(9);
    out.v6 = false;
    const unsigned fragment = packet.be16(6);
    out.laterFragment = (fragment & kOffset4) != 0;
    out.firstFragment = (fragment & (kOffset4 | kMore4)) == kMore4;
    clearTransport(out);
    if (!out.laterFragment && packet.has(header)) decodeTransport(packet.first(total).from(header), out);
    return Decoded::ip;
}

Decoded decodeIpv6(const PacketView& packet, flow::PacketRecord& out) {
    if (!packet.has(kIpv6Header)) return Decoded::cutIp;
    if (packet.u8(0) >> 4 != 6) return Decoded::badIp;
    const std::size_t total = lengthOf6(packet);

    std::memcpy(out.src.b.data(), packet.data() + 8, 16);
    std::memcpy(out.dst.b.data(), packet.data() + 24, 16);
    out.ipBytes = length32(total);
    out.v6 = true;
    clearTransport(out);
    const UpperLayer upper = skipExtensionHeaders(packet.u8(6), packet.first(total).from(kIpv6Header));
    out.protocol = upper.protocol;
    out.laterFragment = upper.laterFragment;
    out.firstFragment = upper.firstFragment;
    decodeTransport(upper.payload, out);
    return Decoded::ip;
}

PacketView udpPayload(const PacketView& ip) {
    constexpr std::size_t kUdpHeader = 8;
    PacketView udp;
    if (ip.u8(0) >> 4 == 4) {
        const std::size_t header = std::size_t{ip.u8(0) & 15u} * 4, total = ip.be16(2) == 0 ? ip.wire() : ip.be16(2);
        if (!ip.has(header) || total < header) return {};
        udp = ip.first(total).from(header);
    } else {
        udp = skipExtensionHeaders(ip.u8(6), ip.from(kIpv6Header)).payload;
    }
    if (!udp.has(kUdpHeader)) return {};
    const PacketView payload = udp.from(kUdpHeader);
    const std::size_t length = udp.be16(4);
    if (length < kUdpHeader) return payload;
    return {payload.data(), payload.first(length - kUdpHeader).captured(), length - kUdpHeader};
}

Decoded decodeIp(const PacketView& packet, flow::PacketRecord& out) {
    if (!packet.has(1)) return Decoded::cutIp;
    switch (packet.u8(0) >> 4) {
        case 4: return decodeIpv4(packet, out);
        case 6: return decodeIpv6(packet, out);
        default: return Decoded::badIp;
    }
}

UpperLayer upperLayer(const PacketView& packet) {
    if (!packet.has(kIpv4Header)) return {};
    if (packet.u8(0) >> 4 == 6) {
        if (!packet.has(kIpv6Header)) return {};
        return skipExtensionHeaders(packet.u8(6), packet.first(lengthOf6(packet)).from(kIpv6Header));
    }
    const std::size_t header = std::size_t{packet.u8(0) & 15u} * 4, total = lengthOf4(packet);
    if (packet.u8(0) >> 4 != 4 || header < kIpv4Header || total < header) return {};
    UpperLayer out;
    const unsigned fragment = packet.be16(6);
    out.protocol = packet.u8(9);
    out.fragmentId = packet.be16(4);
    out.laterFragment = (fragment & kOffset4) != 0;
    out.firstFragment = (fragment & (kOffset4 | kMore4)) == kMore4;
    if (!out.laterFragment && packet.has(header)) out.payload = packet.first(total).from(header);
    return out;
}

}  // namespace weir::capture
