// Backsc: the flow looks like a reply.
#pragma once

#include "core/profile/service_ports.h"
#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct Backsc {
    static constexpr unsigned bit = 3;
    static constexpr SignDef def{
        .id = "Backsc",
        .help = "Looks like a reply: TCP or UDP from a service port to a high port that is not a known local service.",
        .mark = "name S, test I",
        .sampled = "a local service whose answers were not sampled is not known",
        .set = {1, "send from a service port"},
        .clear = {1, "send from a high port"},
        .excludes = "Unreach ICMP OTHER",
        .explain = [](const Finding& f) {
            if (!f.hasPorts()) return f.noPorts();
            const std::string from = std::to_string(f.sourcePort()), to = std::to_string(f.destinationPort()),
                              high = std::to_string(f.profile().highPort);
            if (!profile::ServicePorts(f.profile()).contains(f.sourcePort())) return from + " is not a service port";
            if (f.destinationPort() < f.profile().highPort)
                return from + " is a service port, but " + to + " < " + high;
            if (!f.holds(bit)) return from + " is a service port, but " + to + " is a local service";
            return from + " is a service port; " + to + " \u2265 " + high + " and is not a local service";
        }};
    static constexpr bool holds(const OneWayFlow& f) {
        return f.hasPorts & f.fromServicePort & (f.destinationPort >= f.highPort) & !f.toService;
    }
};
template <>
struct SignAt<Backsc::bit> : Backsc {};

}  // namespace weir::signs::one_way
