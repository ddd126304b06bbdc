// One packet as the meter needs it.
#pragma once

#include "core/flow/address.h"

#include <cstdint>

namespace weir::flow {

/// TCP flag bits as in the header.
enum TcpFlag : std::uint8_t { kFin = 1, kSyn = 2, kRst = 4, kPsh = 8, kAck = 16, kUrg = 32, kEce = 64, kCwr = 128 };
enum Protocol : std::uint8_t { kIcmp = 1, kTcp = 6, kUdp = 17, kIcmp6 = 58 };

/// Both addresses are of one family. `ipBytes` is the datagram's own length (IPv4 total length, IPv6 payload + 40), not
/// the captured one.
struct PacketRecord {
    IpAddr src, dst;
    std::int64_t timeUs = 0;  ///< since 1970 UTC; nanoseconds are cut
    std::uint32_t ipBytes = 0;
    std::uint16_t srcPort = 0, dstPort = 0;  ///< TCP and UDP, else 0
    std::uint16_t icmpTypeCode = 0;          ///< 256 x type + code for protocols 1 and 58, else 0
    std::uint8_t protocol = 0;
    std::uint8_t tcpFlags = 0;
    bool v6 = false;
    bool laterFragment = false;  ///< a non-first IP fragment: no TCP flags; ports are those of the first one, 0 where
                                 ///< that was not seen before
    bool firstFragment = false;  ///< more of the datagram follows in later fragments
};

}  // namespace weir::flow
