// IEEE 802.11 frames, and the headers that capturing puts in front of them.
#pragma once

#include "core/capture/link_layer.h"

namespace weir::capture {

/// Data frames, also of quality of service and the first of an aggregate (A-MSDU). Decoded::notIp: management and
/// control frames, frames without data, and encrypted ones.
Decoded findInWireless(const PacketView& frame, PacketView& ip);
Decoded findInRadiotap(const PacketView& frame, PacketView& ip);
Decoded findInPrism(const PacketView& frame, PacketView& ip);  ///< or AVS, which was sent under the same number
Decoded findInAvs(const PacketView& frame, PacketView& ip);
Decoded findInPpi(const PacketView& frame, PacketView& ip);  ///< in front of 802.11 or Ethernet

}  // namespace weir::capture
