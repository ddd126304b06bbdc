// Link layers: how to find the IP datagram in a captured frame.
#pragma once

#include "core/capture/packet_decode.h"

#include <cstdint>

namespace weir::capture {

/// Decoded::ip: `ip` is then the datagram of the frame, not looked at yet.
using LinkDecoder = Decoded (*)(const PacketView& frame, PacketView& ip);

/// The decoder of a link type as pcap and pcapng number them: Ethernet (also VLAN, QinQ, MPLS, PPPoE, LLC/SNAP inside), Linux cooked 1
/// and 2, raw IP, loopback, PPP, Cisco HDLC, LLC/SNAP on ATM. Never null: an unknown type gives Decoded::unknownLink for every packet.
/// Source: the link type list of the pcap file formats (tcpdump.org).
LinkDecoder linkDecoder(std::uint32_t linkType);

/// Link header and datagram in one; fills `out` but for its time.
inline Decoded decodeFrame(LinkDecoder link, const PacketView& frame, flow::PacketRecord& out) {
    PacketView ip;
    const Decoded found = link(frame, ip);
    return found == Decoded::ip ? decodeIp(ip, out) : found;
}

}  // namespace weir::capture
