// Datagrams inside of datagrams.
#pragma once

#include "core/capture/packet_view.h"

namespace weir::capture {

/// The innermost IP datagram that can be found in `ip`, which is `ip` itself where nothing is in it. Passes IP in IP
/// (4in4, 6in4 …), GRE (also in UDP, with ERSPAN and PPTP), EtherIP, VXLAN, Geneve, GTP-U and Teredo, at most 8 layers;
/// UDP tunnels are known by their registered port and a sound header. Not through later fragments. Sources: RFC 2003,
/// 2473, 2784, 2890, 2637, 3378, 7348, 8926, 4380, 8086; 3GPP TS 29.281; draft-foschiano-erspan.
PacketView innermostDatagram(const PacketView& ip);

}  // namespace weir::capture
