// Unreach: to a known local service, which did not answer (methods.md 2.3).
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct Unreach {
    static constexpr unsigned bit = 7;
    static constexpr SignDef def{
        .id = "Unreach",
        .help = "TCP or UDP to a known local service of the window, which gave no answer to this flow.",
        .mark = "idea S, test I",
        .sampled = "the answer may not have been sampled",
        .clear = {2, "use another destination port"},
        .excludes = "ICMP OTHER",
        .explain = [](const Finding& f) {
            if (!f.hasPorts()) return f.noPorts();
            const std::string text = f.socketText() + ": two-way flows with " +
                                     counted(f.hosts().serviceRemotes, "remote host") + " (needs " +
                                     grouped(f.profile().serviceMinRemotes) + ")";
            return f.hosts().p2p ? text + "; the port is peer-to-peer" : text;
        }};
    static constexpr std::uint8_t evidence = profile::kToService;
};
template <>
struct SignAt<Unreach::bit> : Unreach {};

}  // namespace weir::signs::one_way
