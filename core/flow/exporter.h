// A device that exported records, and how its stream arrived.
#pragma once

#include "core/flow/address.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::flow {

/// One exporting process: NetFlow and IPFIX tell them apart by address and observation domain (v5: engine type and id;
/// sFlow: agent and sub-agent).
struct Exporter {
    IpAddr address;  ///< all zero = not known
    std::uint32_t domain = 0;
    std::uint16_t version = 0;  ///< 1, 5, 7, 9 NetFlow; 10 IPFIX; 500 + n sFlow n; 0 = not known
    std::uint64_t datagrams = 0, records = 0;
    std::uint64_t lost = 0;  ///< by gaps in its sequence numbers: datagrams of v9 and sFlow, records of v5 and IPFIX
    std::uint64_t gaps = 0;  ///< how many gaps there were
    std::uint32_t samplingInterval = 0;  ///< the latest it announced; 0 = none
    struct Interface {
        std::uint32_t index = 0;
        std::string name;
    };
    std::vector<Interface> interfaces;  ///< from options data
};

}  // namespace weir::flow
