// What is known of a host by its address alone: one byte per host of an address table.
#pragma once

#include <cstdint>

namespace weir::flow {

enum HostBit : std::uint8_t {
    kLocalHost = 1,  ///< inside one of the local prefixes
    kGroupHost = 2,  ///< multicast, limited or directed broadcast of a local prefix, link-local: local when the other
                     ///< end is remote, never grey
    kIpv4Host = 4,   ///< an IPv4 address (protocol 58 is ICMP over IPv6 only)
};

}  // namespace weir::flow
