// TCP: Protocol 6.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct TCP {
    static constexpr unsigned bit = 14;
    static constexpr SignDef def{
        .id = "TCP", .help = "Protocol 6.", .mark = "S", .group = "protocol", .explain = [](const Finding& f) {
            return f.protocolText();
        }};
    static constexpr bool ofProtocol(std::uint8_t protocol) { return protocol == flow::kTcp; }
};
template <>
struct SignAt<TCP::bit> : TCP {};

}  // namespace weir::signs::one_way
