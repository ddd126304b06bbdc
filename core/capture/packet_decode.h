// IP datagrams → what the meter needs of a packet.
#pragma once

#include "core/capture/packet_view.h"
#include "core/flow/packet_record.h"

#include <cstdint>
#include <string_view>

namespace weir::capture {

/// What became of a packet: `ip` is a PacketRecord, all others are drops.
enum class Decoded : std::uint8_t { ip, arp, notIp, unknownLink, cutLink, cutIp, badIp };

struct DropReason {
    std::string_view reason;
    bool damage = false;
};
/// REQUIRES d != Decoded::ip.
DropReason dropReason(Decoded d);

/// Both fill every field of `out` but timeUs when they return `ip`. What the snap length cut away is taken as absent:
/// without the first 4 transport bytes the ports are 0, without the first 14 the TCP flags. A datagram whose header
/// gives no length (0: segmentation offload, jumbograms) has the length it had on the wire. IPv6: the protocol is the
/// first next-header value that is no extension header; at most 16 extension headers are passed. Sources: RFC 791,
/// 8200, 4302, 9293, 768, 792, 4443.
Decoded decodeIpv4(const PacketView& packet, flow::PacketRecord& out);
Decoded decodeIpv6(const PacketView& packet, flow::PacketRecord& out);
/// What a UDP datagram carries, as far as it was captured; a first fragment has the wire length of the whole. REQUIRES
/// that decodeIp gave protocol UDP and no later fragment. Empty when nothing of it is there.
PacketView udpPayload(const PacketView& ip);
/// By the version nibble.
Decoded decodeIp(const PacketView& packet, flow::PacketRecord& out);

/// What lies behind the IP headers, and whether the datagram was cut into fragments.
struct UpperLayer {
    std::uint8_t protocol = 0;
    PacketView payload;  ///< begins with the transport header; empty in later fragments and where it was cut away
    bool firstFragment = false, laterFragment = false;
    std::uint32_t fragmentId = 0;
};
/// All zero for what is no IP datagram.
UpperLayer upperLayer(const PacketView& packet);

}  // namespace weir::capture
