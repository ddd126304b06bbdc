// Link layers: how to find the IP datagram in a captured frame.
#pragma once

#include "core/capture/packet_decode.h"

#include <cstdint>

namespace weir::capture {

using LinkDecoder = Decoded (*)(const PacketView& frame, flow::PacketRecord& out);

/// The decoder of a link type as pcap and pcapng number them: Ethernet (also VLAN, QinQ, MPLS, PPPoE, LLC/SNAP inside), Linux cooked 1
/// and 2, raw IP, loopback, PPP, Cisco HDLC, LLC/SNAP on ATM. Never null: an unknown type gives Decoded::unknownLink for every packet.
/// Source: the link type list of the pcap file formats (tcpdump.org).
LinkDecoder linkDecoder(std::uint32_t linkType);

}  // namespace weir::capture
