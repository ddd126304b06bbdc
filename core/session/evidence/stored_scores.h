// What the project file keeps of scores: the tally of code words, so that the tables of scores are there as soon as a
// project is open, and the word of every record.
#pragma once

#include "core/session/evidence/score_result.h"

#include <string>
#include <string_view>

namespace weir::session {

/// Identifies all that code words depend on: the tests of the profile, sources, settings, lists. Points and the
/// profile's name are not among it.
std::string scoreKey(const Snapshot& snapshot, const score::Profile& profile);

/// The stored tally under this profile, when it belongs to the snapshot; else null. Its scores have words, but none by
/// record, and no groups and findings; its filters must not be run: they are parsed without reading a list.
ScoreResultPtr loadStoredScores(const store::ProjectFile& file, const Snapshot& snapshot, std::string_view profile);
/// The same with the stored word of each record; null = the file has none that belong to it. Errors: store (damaged),
/// cancelled.
Result<ScoreResultPtr> withStoredWords(const store::ProjectFile& file, const Snapshot& snapshot,
                                       const ScoreResult& result, JobContext& job);
/// The tally alone.
Status saveScores(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result);
/// The word of each record, of a result whose tally is saved. Errors: store, cancelled.
Status saveScoreWords(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result, JobContext& job);

}  // namespace weir::session
