// ICMP: Protocol 1, or 58 over IPv6.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct ICMP {
    static constexpr unsigned bit = 16;
    static constexpr SignDef def{.id = "ICMP",
                                 .help = "Protocol 1, or 58 over IPv6.",
                                 .mark = "S",
                                 .group = "protocol",
                                 .explain = [](const Finding& f) { return f.protocolText(); }};
    static constexpr bool ofProtocol(std::uint8_t protocol) {
        return protocol == flow::kIcmp || protocol == flow::kIcmp6;
    }
};
template <>
struct SignAt<ICMP::bit> : ICMP {};

}  // namespace weir::signs::one_way
