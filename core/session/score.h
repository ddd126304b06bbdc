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
    score::TimeRange range;                      ///< of the records that are scored
    score::ParsedProfile parsed;
    std::shared_ptr<const score::Scores> scores; ///< never null; without words when the profile has errors; with words but none by record when it was stored
    std::shared_ptr<const flow::NamedList> dark; ///< what @dark stood for
    std::vector<std::string> missingLists;       ///< named by the profile and not there: their tests give no code
};
using ScoreResultPtr = std::shared_ptr<const ScoreResult>;

/// Of all records of the snapshot. `@dark` stands for the local addresses without a packet to the outside. Problems of the profile are in `parsed`, no error.
/// Errors: badFilter, store, cancelled.
Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job, score::TimeRange range = {});
/// Publishes a snapshot with these scores, unless the present one has those of the same text and range. Where only points differ, no record is looked at.
/// A profile with errors publishes nothing. Errors: those of scoreRecords, badFilter for a profile with errors.
Status prepareScores(Project& project, std::string_view profile, JobContext& job, score::TimeRange range = {});
/// The same words under another text of the profile; nullptr when its tests are others or it has errors: then records must be scored anew.
ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile);

/// All problems of a profile's text; empty = good.
Diagnostics checkProfile(const SnapshotPtr& snapshot, std::string_view profile);
/// The text of the profile in force: the project's own, else sweeney-2017.
std::string currentProfile(const Project& project);
Status setCurrentProfile(Project& project, const std::string& text);
/// The filter has a term on scores: they must be there before it can be read.
bool asksScores(std::string_view filter);

}  // namespace weir::session
