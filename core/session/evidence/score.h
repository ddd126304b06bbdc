// Verb: scores the records of a project with a profile.
#pragma once

#include "core/session/evidence/score_result.h"
#include "core/session/project/project.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Scores all records of the snapshot and applies the project's silences. `@dark` is the list of local addresses that
/// sent no packet to an external host. Problems of the profile are in `parsed`, not errors. Errors: badFilter, store,
/// cancelled.
Result<ScoreResult> scoreRecords(const SnapshotPtr& snapshot, std::string_view profile, JobContext& job,
                                 score::TimeRange range = {});
/// Publishes a snapshot with these scores, unless the current one has scores of the same text, range and silences. If
/// only points differ, no record is read; if some tests or silences differ, only changed tests and silences are
/// re-evaluated. A profile with errors publishes nothing. Errors: those of scoreRecords, badFilter for a profile with
/// errors.
Status prepareScores(Project& project, std::string_view profile, JobContext& job, score::TimeRange range = {});
/// Like prepareScores(), but accepts the scores stored in the project file for this profile: records have words and can
/// be filtered by them, but explains() may be false. New scores are saved. Cost with stored scores: about a quarter of
/// scoring.
Status prepareScoreWords(Project& project, std::string_view profile, JobContext& job);
/// Saves the current words of the records for prepareScoreWords(), unless the file has them. Errors: store, cancelled.
Status keepScoreWords(Project& project, JobContext& job);
/// The same words under another text of the profile. Returns nullptr when the tests differ, the text has errors, or
/// silences have changed: records must then be scored again.
ScoreResultPtr withProfile(const SnapshotPtr& snapshot, const ScoreResult& result, std::string_view profile);

/// All problems of a profile's text; empty = valid.
Diagnostics checkProfile(const SnapshotPtr& snapshot, std::string_view profile);
/// The text of the current profile: the project's own, else sweeney-2017.
std::string currentProfile(const store::ProjectFile& file);
inline std::string currentProfile(const Project& project) { return currentProfile(*project.reading()); }
/// Saves `text` as the current profile of the project. Does not score.
Status setCurrentProfile(Project& project, const std::string& text);
/// True when the current profile has this code, ignoring case.
bool hasCode(const Project& project, std::string_view code);
/// True when the filter has a term on scores, so that they must exist before it can be parsed.
bool asksScores(std::string_view filter);

}  // namespace weir::session
