// OTHER: Any other protocol.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct OTHER {
    static constexpr unsigned bit = 17;
    static constexpr SignDef def{.id = "OTHER",
                                 .help = "Any other protocol.",
                                 .mark = "S",
                                 .group = "protocol",
                                 .explain = [](const Finding& f) { return f.protocolText(); }};
    static constexpr bool ofProtocol(std::uint8_t protocol) {
        return protocol != flow::kTcp && protocol != flow::kUdp && protocol != flow::kIcmp && protocol != flow::kIcmp6;
    }
};
template <>
struct SignAt<OTHER::bit> : OTHER {};

}  // namespace weir::signs::one_way
