// Retry: the flow uses addresses and ports again that another flow has just used.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct Retry {
    static constexpr unsigned bit = 8;
    static constexpr SignDef def{
        .id = "Retry",
        .help = "TCP flow whose addresses and ports were already used by a flow that ended at most 4 minutes earlier.",
        .mark = "meaning S, gap I",
        .sampled = "the earlier flow may not have been sampled",
        .set = {1, "reuse the source port within 4 minutes"},
        .clear = {1, "use another source port"},
        .excludes = "UDP ICMP OTHER",
        .explain = [](const Finding& f) {
            if (f.protocol() != flow::kTcp) return f.protocolText() + " is not TCP";
            const std::string gap = counted(static_cast<std::uint64_t>(f.profile().retryGapUs / 1'000'000), "second");
            const std::int64_t earlier = f.hosts().retryOf;
            if (earlier < 0) return "no flow with the same ports ended in the " + gap + " before";
            return "flow " + f.flowName(earlier) + " used the same ports and ended at " + f.endClock(earlier) +
                   ", at most " + gap + " before";
        }};
    static constexpr std::uint8_t evidence = profile::kRetry;
};
template <>
struct SignAt<Retry::bit> : Retry {};

}  // namespace weir::signs::one_way
