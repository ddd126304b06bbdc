// Export datagrams byte by byte, alone and in packet traces.
#pragma once

#include "tests/support/packet_bytes.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace weir::testing {

inline constexpr std::uint32_t kExportSeconds = 1'600'000'000;  ///< of every header and packet

/// Records from 10.0.0.1 on to 10.0.0.2, 11 packets each.
inline TraceBytes netflow5(unsigned records, std::uint32_t sequence, std::uint32_t uptime = 100'000,
                           std::uint32_t first = 90'000, std::uint32_t last = 95'000, unsigned sampling = 0) {
    TraceBytes out = TraceBytes(true)
                         .u16(5)
                         .u16(records)
                         .u32(uptime)
                         .u32(kExportSeconds)
                         .u32(250'000'000)
                         .u32(sequence)
                         .u8(1)
                         .u8(7)
                         .u16(sampling);
    for (unsigned i = 0; i < records; ++i)
        out.u32(0x0a000001 + i)
            .u32(0x0a000002)
            .u32(0)
            .u16(3)
            .u16(4)
            .u32(11)
            .u32(1200)
            .u32(first)
            .u32(last)
            .u16(40000)
            .u16(443)
            .u8(0)
            .u8(0x1b)
            .u8(6)
            .u8(16)
            .u16(64500)
            .u16(64501)
            .u8(24)
            .u8(16)
            .u16(0);
    return out;
}

/// A datagram from port 40000.
inline PacketBytes udpFrame(const std::vector<std::byte>& payload, std::uint32_t from, std::uint16_t port,
                            unsigned fragment = 0) {
    PacketBytes frame;
    frame.ethernet(0x0800)
        .ipv4(17, 8 + payload.size(), from, 0x0a0000fe, std::uint16_t(fragment))
        .be16(40000)
        .be16(port)
        .be16(unsigned(8 + payload.size()))
        .be16(0);
    for (const std::byte b : payload) frame.u8(std::to_integer<unsigned>(b));
    return frame;
}
/// A trace of Ethernet frames.
inline TraceBytes ethernetTrace() { return TraceBytes(false).pcapHeader(false, 1); }
inline void addFrame(TraceBytes& trace, const PacketBytes& frame, std::size_t kept = 65535) {
    trace.record(kExportSeconds, 0, std::span(frame.bytes()).first(std::min(kept, frame.size())),
                 std::uint32_t(frame.size()));
}

}  // namespace weir::testing
