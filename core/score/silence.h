// Known-good silencing: flows that do not get a code although its test holds, because the analyst knows them.
#pragma once

#include "core/score/score.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::score {

/// Directions that the filter takes lose the codes of the mask.
struct Silence {
    std::uint64_t codes = ~std::uint64_t{0};         ///< bit i = test i of the profile
    std::shared_ptr<const flow::FilterNode> filter;  ///< never null
};

struct Silenced {
    Scores scores;  ///< words without the codes; groups and findings are those of before
    std::vector<std::uint64_t>
        flows;  ///< by silence: directions that lost a code by it, also when an earlier one took the same
};

/// Groups are not summed anew: who is silenced still counts in them. Equal for any number of threads. Cost: the
/// filters' columns once per silence. Errors: badFilter, store, cancelled.
Result<Silenced> silence(const Scores& scores, std::span<const Silence> silences, const flow::ChunkSource& records,
                         const flow::FilterTerms& terms, JobContext& job);

}  // namespace weir::score
