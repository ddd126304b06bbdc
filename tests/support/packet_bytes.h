// Writing frames and capture files byte by byte: for tests of readers and decoders.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace weir::testing {

/// A frame under construction, in network order. Every call appends and gives *this.
class PacketBytes {
public:
    PacketBytes& u8(unsigned v);
    PacketBytes& be16(unsigned v);
    PacketBytes& be32(std::uint32_t v);
    PacketBytes& zeros(std::size_t n);
    PacketBytes& append(const PacketBytes& o);
    /// Hexadecimal digits, blanks ignored.
    PacketBytes& hex(std::string_view digits);
    PacketBytes& ethernet(std::uint16_t type);
    /// A header of 20 bytes with a correct checksum before `payload` bytes. `fragment` = flags and offset.
    PacketBytes& ipv4(std::uint8_t protocol, std::size_t payload, std::uint32_t src, std::uint32_t dst,
                      std::uint16_t fragment = 0);
    /// 40 bytes; the addresses are 2001:db8:20::<host>.
    PacketBytes& ipv6(std::uint8_t next, std::size_t payload, std::uint32_t srcHost, std::uint32_t dstHost);
    PacketBytes& tcp(std::uint16_t src, std::uint16_t dst, std::uint8_t flags);
    PacketBytes& udp(std::uint16_t src, std::uint16_t dst, std::size_t payload = 0);

    std::size_t size() const { return bytes_.size(); }
    const std::vector<std::byte>& bytes() const { return bytes_; }
    std::vector<std::byte> take() { return std::exchange(bytes_, {}); }

private:
    std::vector<std::byte> bytes_;
};

/// A pcap or pcapng file under construction, in the byte order given.
class TraceBytes {
public:
    explicit TraceBytes(bool bigEndian) : big_(bigEndian) {}
    TraceBytes& u8(unsigned v);
    TraceBytes& u16(unsigned v);
    TraceBytes& u32(std::uint32_t v);
    TraceBytes& raw(std::span<const std::byte> v);

    TraceBytes& pcapHeader(bool nano, std::uint32_t link, std::uint32_t snapLength = 262144);
    TraceBytes& record(std::uint32_t seconds, std::uint32_t fraction, std::span<const std::byte> frame,
                       std::uint32_t wire);

    /// A whole pcapng block around `body`, padded to 4 bytes.
    TraceBytes& block(std::uint32_t type, const TraceBytes& body);
    TraceBytes& section(unsigned major = 1, unsigned minor = 0);
    /// `resolution` as if_tsresol and `offsetSeconds` as if_tsoffset are written when they are not the default.
    TraceBytes& interface(unsigned link, std::uint32_t snapLength = 0, unsigned resolution = 6,
                          std::int64_t offsetSeconds = 0);
    TraceBytes& enhancedPacket(std::uint32_t interfaceNumber, std::uint64_t ticks, std::span<const std::byte> frame,
                               std::uint32_t wire);
    TraceBytes& oldPacket(unsigned interfaceNumber, std::uint64_t ticks, std::span<const std::byte> frame,
                          std::uint32_t wire);
    TraceBytes& simplePacket(std::span<const std::byte> frame, std::uint32_t wire);

    bool bigEndian() const { return big_; }
    std::size_t size() const { return bytes_.size(); }
    const std::vector<std::byte>& bytes() const { return bytes_; }
    std::vector<std::byte> take() { return std::exchange(bytes_, {}); }

private:
    bool big_;
    std::vector<std::byte> bytes_;
};

}  // namespace weir::testing
