// TRWscan: the threshold random walk finds the source to be a scanner (methods.md 2.1).
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct TRWscan {
    static constexpr unsigned bit = 0;
    static constexpr SignDef def{.id = "TRWscan",
                                 .help =
                                     "The source is a scanner by the threshold random walk over its first contacts "
                                     "with local hosts in the window.",
                                 .mark = "name S, values F",
                                 .sampled = "answers that were not sampled count as failures",
                                 .set = {2, "contact more hosts that do not answer"},
                                 .clear = {2, "mix in hosts that answer, or go slower than the window"},
                                 .excludes = "TRWnom",
                                 .walk = true,
                                 .explain = [](const Finding& f) { return f.walkText(); }};
    static constexpr std::uint8_t evidence = profile::kTrwScan;
};
template <>
struct SignAt<TRWscan::bit> : TRWscan {};

}  // namespace weir::signs::one_way
