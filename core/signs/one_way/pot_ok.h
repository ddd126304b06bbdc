// PotOk: potentially productive, the two hosts also have a two-way flow.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct PotOk {
    static constexpr unsigned bit = 12;
    static constexpr SignDef def{
        .id = "PotOk",
        .help = "Potentially productive: the two hosts have a two-way flow in the same interval.",
        .mark = "F",
        .sampled = "two-way flows look one-way when one direction was not sampled",
        .set = {2, "get one answered flow with the host"},
        .explain = [](const Finding& f) {
            const std::int64_t biflow = f.hosts().pairBiflow;
            if (biflow < 0) return "pair has no two-way flow in the " + f.pairScope();
            return "pair has biflow " + f.flowName(biflow) + " at " + f.startClock(biflow) + ", same " + f.pairScope();
        }};
    static constexpr std::uint8_t evidence = profile::kPotOk;
};
template <>
struct SignAt<PotOk::bit> : PotOk {};

}  // namespace weir::signs::one_way
