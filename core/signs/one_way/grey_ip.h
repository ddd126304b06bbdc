// GreyIP: the destination is a local address that never sent anything.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct GreyIP {
    static constexpr unsigned bit = 4;
    static constexpr SignDef def{
        .id = "GreyIP",
        .help = "The destination is a local address that sent no packet in all loaded data (group addresses never).",
        .mark = "idea F, horizon I",
        .sampled = "an address looks silent when no packet of it was sampled",
        .set = {2, "contact more addresses"},
        .clear = {3, "know which addresses are silent and avoid them"},
        .excludes = "PotOk InOut P2P Unreach",
        .explain = [](const Finding& f) {
            const std::uint64_t sent = f.hosts().localSent;
            if (sent != 0) return f.destinationText() + " sent " + counted(sent, "packet");
            return f.destinationText() + " sent no packet" + (f.holds(bit) ? "" : ", but is a group address");
        }};
    /// What it excludes needs a packet of the destination, so the exclusions hold without a test.
    static constexpr bool holds(const OneWayFlow& f) { return f.destinationSilent && !f.destinationGroup; }
};
template <>
struct SignAt<GreyIP::bit> : GreyIP {};

}  // namespace weir::signs::one_way
