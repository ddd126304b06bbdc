// Onepkt: the flow is one packet.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct Onepkt {
    static constexpr unsigned bit = 9;
    static constexpr SignDef def{.id = "Onepkt",
                                 .help = "The flow is one packet.",
                                 .mark = "R",
                                 .sampled = "one packet of many was seen",
                                 .set = {1, "send one packet only"},
                                 .clear = {1, "send a second packet"},
                                 .excludes = "Large",
                                 .explain = [](const Finding& f) { return counted(f.packets(), "packet"); }};
    static constexpr bool holds(const OneWayFlow& f) { return f.packets == 1; }
};
template <>
struct SignAt<Onepkt::bit> : Onepkt {};

}  // namespace weir::signs::one_way
