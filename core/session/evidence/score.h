// Verb: score the records of a project by a profile.
#pragma once

#include "core/session/evidence/score_result.h"
#include "core/session/project/project.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Of all records of the snapshot, silenced as the project says. `@dark` stands for the local addresses without a
/// packet to the outside. Problems of the profile are in `parsed`, no error. Errors: badFilter, store, cancelled.
Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job,
                                 score::TimeRange range = {});
/// Publishes a snapshot with these scores, unless the present one has those of the same text, range and silences. Where
/// only points differ, no record is looked at; where some tests are others, records are asked by those alone; where
/// silences are others, by those alone. A profile with errors publishes nothing. Errors: those of scoreRecords,
/// badFilter for a profile with errors.
Status prepareScores(Project& project, std::string_view profile, JobContext& job, score::TimeRange range = {});
/// Content with what the project file keeps under this profile: records have their words and can be filtered by them,
/// but explains() may be false. Else as prepareScores(). What had to be scored is kept. Cost: about a quarter of
/// scoring.
Status prepareScoreWords(Project& project, std::string_view profile, JobContext& job);
/// Keeps the present words of the records for prepareScoreWords(), unless the file has them. Errors: store, cancelled.
Status keepScoreWords(Project& project, JobContext& job);
/// The same words under another text of the profile; nullptr when its tests are others, it has errors, or silences
/// changed meanwhile: then records must be scored anew.
ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile);

/// All problems of a profile's text; empty = good.
Diagnostics checkProfile(const SnapshotPtr& snapshot, std::string_view profile);
/// The text of the profile in force: the project's own, else sweeney-2017.
std::string currentProfile(const store::ProjectFile& file);
inline std::string currentProfile(const Project& project) { return currentProfile(*project.reading()); }
Status setCurrentProfile(Project& project, const std::string& text);
/// The profile in force gives this code, in any case.
bool hasCode(const Project& project, std::string_view code);
/// The filter has a term on scores: they must be there before it can be read.
bool asksScores(std::string_view filter);

}  // namespace weir::session
