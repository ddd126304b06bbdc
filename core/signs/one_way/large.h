// Large: many packets or bytes.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct Large {
    static constexpr unsigned bit = 11;
    static constexpr SignDef def{.id = "Large",
                                 .help = "At least 10 packets or 10,240 bytes; one packet is never large.",
                                 .mark = "R, low confidence",
                                 .sampled = "packets and bytes are those that were sampled",
                                 .set = {1, "send 10 packets or more"},
                                 .clear = {1, "stay below 10 packets and 10,240 bytes"},
                                 .explain = [](const Finding& f) {
                                     return counted(f.packets(), "packet") + ", " + counted(f.bytes(), "byte") +
                                            " (needs " + counted(f.settings().largePackets, "packet") + " or " +
                                            counted(f.settings().largeBytes, "byte") + ")";
                                 }};
    static constexpr bool holds(const OneWayFlow& f) {
        return (f.packets != 1) & ((f.packets >= f.settings.largePackets) | (f.bytes >= f.settings.largeBytes));
    }
};
template <>
struct SignAt<Large::bit> : Large {};

}  // namespace weir::signs::one_way
