// Frames, records and blocks, byte by byte.
#include "tests/support/packet_bytes.h"

namespace weir::testing {

PacketBytes& PacketBytes::u8(unsigned v) {
    bytes_.push_back(static_cast<std::byte>(v));
    return *this;
}
PacketBytes& PacketBytes::be16(unsigned v) { return u8(v >> 8 & 255u).u8(v & 255u); }
PacketBytes& PacketBytes::be32(std::uint32_t v) { return be16(v >> 16).be16(v & 0xffffu); }
PacketBytes& PacketBytes::zeros(std::size_t n) {
    bytes_.resize(bytes_.size() + n);
    return *this;
}
PacketBytes& PacketBytes::append(const PacketBytes& o) {
    bytes_.insert(bytes_.end(), o.bytes_.begin(), o.bytes_.end());
    return *this;
}
PacketBytes& PacketBytes::hex(std::string_view digits) {
    int high = -1;
    for (const char c : digits) {
        const int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (v < 0) continue;
        if (high < 0) {
            high = v;
            continue;
        }
        u8(static_cast<unsigned>(high * 16 + v));
        high = -1;
    }
    return *this;
}
PacketBytes& PacketBytes::ethernet(std::uint16_t type) { return hex("02 00 00 00 00 01 02 00 00 00 00 02").be16(type); }

PacketBytes& PacketBytes::ipv4(std::uint8_t protocol, std::size_t payload, std::uint32_t src, std::uint32_t dst,
                               std::uint16_t fragment) {
    const std::size_t begin = bytes_.size();
    be16(0x4500)
        .be16(static_cast<unsigned>(20 + payload))
        .be16(0)
        .be16(fragment)
        .u8(64)
        .u8(protocol)
        .be16(0)
        .be32(src)
        .be32(dst);
    std::uint32_t sum = 0;
    for (std::size_t i = begin; i < begin + 20; i += 2)
        sum += std::to_integer<std::uint32_t>(bytes_[i]) << 8 | std::to_integer<std::uint32_t>(bytes_[i + 1]);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = ~((sum & 0xffff) + (sum >> 16));
    bytes_[begin + 10] = static_cast<std::byte>(sum >> 8 & 255);
    bytes_[begin + 11] = static_cast<std::byte>(sum & 255);
    return *this;
}
PacketBytes& PacketBytes::ipv6(std::uint8_t next, std::size_t payload, std::uint32_t srcHost, std::uint32_t dstHost) {
    be32(0x60000000).be16(static_cast<unsigned>(payload)).u8(next).u8(64);
    for (const std::uint32_t host : {srcHost, dstHost}) be32(0x20010db8).be32(0x00200000).be32(0).be32(host);
    return *this;
}
PacketBytes& PacketBytes::tcp(std::uint16_t src, std::uint16_t dst, std::uint8_t flags) {
    return be16(src).be16(dst).be32(1).be32(1).u8(0x50).u8(flags).be16(1024).be32(0);
}
PacketBytes& PacketBytes::udp(std::uint16_t src, std::uint16_t dst, std::size_t payload) {
    return be16(src).be16(dst).be16(static_cast<unsigned>(8 + payload)).be16(0).zeros(payload);
}

TraceBytes& TraceBytes::u8(unsigned v) {
    bytes_.push_back(static_cast<std::byte>(v));
    return *this;
}
TraceBytes& TraceBytes::u16(unsigned v) {
    return big_ ? u8(v >> 8 & 255u).u8(v & 255u) : u8(v & 255u).u8(v >> 8 & 255u);
}
TraceBytes& TraceBytes::u32(std::uint32_t v) {
    return big_ ? u16(v >> 16).u16(v & 0xffffu) : u16(v & 0xffffu).u16(v >> 16);
}
TraceBytes& TraceBytes::raw(std::span<const std::byte> v) {
    bytes_.insert(bytes_.end(), v.begin(), v.end());
    return *this;
}

TraceBytes& TraceBytes::pcapHeader(bool nano, std::uint32_t link, std::uint32_t snapLength) {
    return u32(nano ? 0xa1b23c4d : 0xa1b2c3d4).u16(2).u16(4).u32(0).u32(0).u32(snapLength).u32(link);
}
TraceBytes& TraceBytes::record(std::uint32_t seconds, std::uint32_t fraction, std::span<const std::byte> frame,
                               std::uint32_t wire) {
    return u32(seconds).u32(fraction).u32(static_cast<std::uint32_t>(frame.size())).u32(wire).raw(frame);
}

TraceBytes& TraceBytes::block(std::uint32_t type, const TraceBytes& body) {
    const auto padding = static_cast<std::uint32_t>((4 - body.size() % 4) % 4);
    const auto length = static_cast<std::uint32_t>(12 + body.size()) + padding;
    u32(type).u32(length).raw(body.bytes());
    for (std::uint32_t i = 0; i < padding; ++i) u8(0);
    return u32(length);
}
TraceBytes& TraceBytes::section(unsigned major, unsigned minor) {
    return block(0x0a0d0d0a, TraceBytes(big_).u32(0x1a2b3c4d).u16(major).u16(minor).u32(~0u).u32(~0u));
}
TraceBytes& TraceBytes::interface(unsigned link, std::uint32_t snapLength, unsigned resolution,
                                  std::int64_t offsetSeconds) {
    TraceBytes body(big_);
    body.u16(link).u16(0).u32(snapLength);
    if (resolution != 6) body.u16(9).u16(1).u8(resolution).u8(0).u8(0).u8(0);
    if (offsetSeconds != 0) {
        const auto v = static_cast<std::uint64_t>(offsetSeconds);
        const auto high = static_cast<std::uint32_t>(v >> 32), low = static_cast<std::uint32_t>(v);
        body.u16(14).u16(8).u32(big_ ? high : low).u32(big_ ? low : high);
    }
    if (body.size() > 8) body.u32(0);
    return block(1, body);
}
TraceBytes& TraceBytes::enhancedPacket(std::uint32_t interfaceNumber, std::uint64_t ticks,
                                       std::span<const std::byte> frame, std::uint32_t wire) {
    TraceBytes body(big_);
    body.u32(interfaceNumber).u32(static_cast<std::uint32_t>(ticks >> 32)).u32(static_cast<std::uint32_t>(ticks));
    return block(6, body.u32(static_cast<std::uint32_t>(frame.size())).u32(wire).raw(frame));
}
TraceBytes& TraceBytes::oldPacket(unsigned interfaceNumber, std::uint64_t ticks, std::span<const std::byte> frame,
                                  std::uint32_t wire) {
    TraceBytes body(big_);
    body.u16(interfaceNumber)
        .u16(0)
        .u32(static_cast<std::uint32_t>(ticks >> 32))
        .u32(static_cast<std::uint32_t>(ticks));
    return block(2, body.u32(static_cast<std::uint32_t>(frame.size())).u32(wire).raw(frame));
}
TraceBytes& TraceBytes::simplePacket(std::span<const std::byte> frame, std::uint32_t wire) {
    return block(3, TraceBytes(big_).u32(wire).raw(frame));
}

}  // namespace weir::testing
