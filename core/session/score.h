// Verb: score the records of a project by a profile.
#pragma once

#include "core/score/score.h"
#include "core/session/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kDefaultProfile = "sweeney-2017";

struct ScoreResult {
    score::ParsedProfile parsed;
    score::Scores scores;                    ///< empty when the profile has errors
    std::vector<std::string> missingLists;   ///< named by the profile and not there: their tests give no code
};

/// Of all records of the snapshot. `@dark` stands for the local addresses without a packet to the outside. Problems of the profile are in `parsed`, no error.
/// Errors: badFilter, store, cancelled.
Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job);

}  // namespace weir::session
