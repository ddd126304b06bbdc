// HCscan: counts of hosts that answered and that did not find the source to be a scanner (methods.md 2.2).
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct HCscan {
    static constexpr unsigned bit = 2;
    static constexpr SignDef def{.id = "HCscan",
                                 .help =
                                     "The source is a scanner by counts: at least 4 local hosts that never answered, "
                                     "and twice as many as answered.",
                                 .mark = "name S, method R",
                                 .sampled = "answers that were not sampled count as failures",
                                 .set = {2, "contact more hosts that do not answer"},
                                 .clear = {2, "mix in hosts that answer, or go slower than the window"},
                                 .explain = [](const Finding& f) {
                                     return counted(f.hosts().bad, "local host") + " never answered, " +
                                            grouped(f.hosts().good) + " did (needs " + grouped(f.profile().hcMinBad) +
                                            ", and " + shortNumber(f.profile().hcRatio) + " times as many as did)";
                                 }};
    /// Decided in core/profile, which counts the hosts of each window.
    static constexpr std::uint8_t evidence = profile::kHcScan;
};
template <>
struct SignAt<HCscan::bit> : HCscan {};

}  // namespace weir::signs::one_way
