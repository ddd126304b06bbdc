// Scores in the project file: the tally of code words, so that score tables are available as soon as a project is open,
// and the word of every record.
#pragma once

#include "core/session/evidence/score_result.h"

#include <string>
#include <string_view>

namespace weir::session {

/// Identifies everything that code words depend on: the profile's tests, sources, settings and lists, but not points or
/// the profile's name.
std::string scoreKey(const Snapshot& snapshot, const score::Profile& profile);

/// The stored tally for this profile if it belongs to the snapshot, else null. Its scores have no per-record words,
/// groups or findings. Its filters must not be run: they are parsed without reading lists.
ScoreResultPtr loadStoredScores(const store::ProjectFile& file, const Snapshot& snapshot, std::string_view profile);
/// The same with the stored word of each record; null = the file has none that belong to the snapshot. Errors: store
/// (damaged), cancelled.
Result<ScoreResultPtr> withStoredWords(const store::ProjectFile& file, const Snapshot& snapshot,
                                       const ScoreResult& result, JobContext& job);
/// Saves the tally only.
Status saveScores(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result);
/// Saves the word of each record, for a result whose tally is saved. Errors: store, cancelled.
Status saveScoreWords(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result, JobContext& job);

}  // namespace weir::session
