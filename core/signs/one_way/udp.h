// UDP: Protocol 17.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct UDP {
    static constexpr unsigned bit = 15;
    static constexpr SignDef def{
        .id = "UDP", .help = "Protocol 17.", .mark = "S", .group = "protocol", .explain = [](const Finding& f) {
            return f.protocolText();
        }};
    static constexpr bool ofProtocol(std::uint8_t protocol) { return protocol == flow::kUdp; }
};
template <>
struct SignAt<UDP::bit> : UDP {};

}  // namespace weir::signs::one_way
