// P2P: to a port on which the local host runs peer-to-peer (methods.md 2.4).
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct P2P {
    static constexpr unsigned bit = 6;
    static constexpr SignDef def{
        .id = "P2P",
        .help = "TCP or UDP to a port on which the local host runs peer-to-peer in the window.",
        .mark = "name S, test I",
        .sampled = "peers that were not sampled are not counted",
        .set = {3, "know a peer-to-peer port of the host"},
        .clear = {2, "use another destination port"},
        .excludes = "ICMP OTHER",
        .explain = [](const Finding& f) {
            if (!f.hasPorts()) return f.noPorts();
            return f.socketText() + ": " + counted(f.hosts().p2pFlows, "peer-like two-way flow") + " with " +
                   counted(f.hosts().p2pRemotes, "remote host") + " (needs " + grouped(f.profile().p2pMinFlows) +
                   " with " + grouped(f.profile().p2pMinRemotes) + ")";
        }};
    static constexpr std::uint8_t evidence = profile::kToP2p;
};
template <>
struct SignAt<P2P::bit> : P2P {};

}  // namespace weir::signs::one_way
