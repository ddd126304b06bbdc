// Link layers: how to find the IP datagram in a captured frame.
#pragma once

#include "core/capture/packet_decode.h"

#include <cstdint>

namespace weir::capture {

/// Decoded::ip: `ip` is then the datagram of the frame, not looked at yet.
using LinkDecoder = Decoded (*)(const PacketView& frame, PacketView& ip);

/// The decoder of a link type as pcap and pcapng number them: Ethernet (also VLAN, QinQ, MPLS, PPPoE, LLC/SNAP inside),
/// Linux cooked 1 and 2, raw IP, loopback, PPP, Cisco HDLC, LLC/SNAP on ATM, IEEE 802.11 data frames, ERF records.
/// Never null: an unknown type gives Decoded::unknownLink for every packet. Source: the link type list of the pcap file
/// formats (tcpdump.org).
LinkDecoder linkDecoder(std::uint32_t linkType);

// Parts of those, for headers that carry them further inside.
Decoded findInEthernet(const PacketView& frame, PacketView& ip);
Decoded findInEtherType(std::uint16_t type, PacketView at, PacketView& ip);  ///< `at` begins behind the type
Decoded findInPpp(const PacketView& at, PacketView& ip);                     ///< with or without its HDLC framing ff 03
Decoded findInPppHdlc(const PacketView& frame, PacketView& ip);              ///< or Cisco HDLC
Decoded findInLlc(const PacketView& frame, PacketView& ip);

/// Link header and datagram in one; fills `out` but for its time.
inline Decoded decodeFrame(LinkDecoder link, const PacketView& frame, flow::PacketRecord& out) {
    PacketView ip;
    const Decoded found = link(frame, ip);
    return found == Decoded::ip ? decodeIp(ip, out) : found;
}

}  // namespace weir::capture
