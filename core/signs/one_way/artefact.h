// Artef: a measurement artefact, both ports 0.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct Artef {
    static constexpr unsigned bit = 10;
    static constexpr SignDef def{
        .id = "Artef",
        .help = "Measurement artefact: TCP or UDP with both ports 0 (later fragments, exporter errors).",
        .mark = "R",
        .set = {1, "send fragments or ports 0"},
        .clear = {1, "send port numbers"},
        .excludes = "ICMP OTHER",
        .explain = [](const Finding& f) {
            if (!f.hasPorts()) return f.noPorts();
            if (f.sourcePort() == 0 && f.destinationPort() == 0) return std::string("both ports are 0");
            return "ports " + std::to_string(f.sourcePort()) + " and " + std::to_string(f.destinationPort());
        }};
    static constexpr bool holds(const OneWayFlow& f) { return f.hasPorts & ((f.sourcePort | f.destinationPort) == 0); }
};
template <>
struct SignAt<Artef::bit> : Artef {};

}  // namespace weir::signs::one_way
