// ERF records (Endace) as frames of a pcap file.
#pragma once

#include "core/capture/link_layer.h"

namespace weir::capture {

/// Ethernet, HDLC and PPP, raw IPv4 and IPv6 inside; other types are Decoded::unknownLink. Source: the ERF types
/// reference of Endace.
Decoded findInErf(const PacketView& frame, PacketView& ip);

}  // namespace weir::capture
