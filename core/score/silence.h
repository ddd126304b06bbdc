// Known-good silencing: the analyst's filters that remove codes from flows although the test holds.
#pragma once

#include "core/score/score.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace weir::score {

/// Directions that match the filter lose the codes of the mask.
struct Silence {
    std::uint64_t codes = ~std::uint64_t{0};         ///< bit i = test i of the profile
    std::shared_ptr<const flow::FilterNode> filter;  ///< never null
};

/// The result of silence().
struct Silenced {
    Scores scores;  ///< words without the silenced codes; groups and findings are unchanged
    /// By silence: directions that lost a code to it, even if an earlier silence removed the same code.
    std::vector<std::uint64_t> flows;
};

/// Applies silences to scores. Groups are not recomputed: silenced flows still count in them. The result does not
/// depend on the number of threads. Cost: one filter scan per silence. Errors: badFilter, store, cancelled.
Result<Silenced> silence(const Scores& scores, std::span<const Silence> silences, const flow::ChunkSource& records,
                         const flow::FilterTerms& terms, JobContext& job);

}  // namespace weir::score
