// Verb: score the records of a project by a profile.
#pragma once

#include "core/score/score.h"
#include "core/session/project.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

inline constexpr std::string_view kDefaultProfile = "sweeney-2017";

struct ScoreResult {
    std::string text;                            ///< of the profile
    score::ParsedProfile parsed;
    std::shared_ptr<const score::Scores> scores; ///< never null; without words when the profile has errors
    std::vector<std::string> missingLists;       ///< named by the profile and not there: their tests give no code
};
using ScoreResultPtr = std::shared_ptr<const ScoreResult>;

/// Of all records of the snapshot. `@dark` stands for the local addresses without a packet to the outside. Problems of the profile are in `parsed`, no error.
/// Errors: badFilter, store, cancelled.
Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job);
/// Publishes a snapshot with these scores, unless the present one has those of the same text. Errors: those of scoreRecords.
Status prepareScores(Project& project, std::string_view profile, JobContext& job);

/// The text of the profile that filters and the window score by.
std::string_view defaultProfile();
/// The filter has a term on scores: they must be there before it can be read.
bool asksScores(std::string_view filter);

}  // namespace weir::session
