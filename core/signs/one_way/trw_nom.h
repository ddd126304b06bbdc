// TRWnom: the threshold random walk finds the source to be benign (methods.md 2.1).
#pragma once

#include "core/signs/one_way/one_way_flow.h"

namespace weir::signs::one_way {

struct TRWnom {
    static constexpr unsigned bit = 1;
    static constexpr SignDef def{
        .id = "TRWnom",
        .help =
            "The source is benign by the threshold random walk over its first contacts with local hosts in the window.",
        .mark = "name S, values F",
        .sampled = "answers that were not sampled count as failures",
        .set = {2, "contact hosts that answer first"},
        .clear = {2, "contact hosts that do not answer"},
        .walk = true,
        .explain = [](const Finding& f) { return f.walkText(); }};
    static constexpr std::uint8_t evidence = profile::kTrwNom;
};
template <>
struct SignAt<TRWnom::bit> : TRWnom {};

}  // namespace weir::signs::one_way
