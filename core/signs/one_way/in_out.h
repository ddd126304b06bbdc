// InOut: the two hosts have one-way flows in both directions.
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct InOut {
    static constexpr unsigned bit = 13;
    static constexpr SignDef def{.id = "InOut",
                                 .help = "The two hosts have one-way flows in both directions in the window.",
                                 .mark = "I",
                                 .sampled = "the other direction may not have been sampled",
                                 .set = {3, "make the host send something that is not answered"},
                                 .explain = [](const Finding& f) {
                                     return "pair has " + counted(f.hosts().pairIn, "one-way flow") + " this way and " +
                                            grouped(f.hosts().pairOut) + " the other way in the window";
                                 }};
    static constexpr std::uint8_t evidence = profile::kInOut;
};
template <>
struct SignAt<InOut::bit> : InOut {};

}  // namespace weir::signs::one_way
