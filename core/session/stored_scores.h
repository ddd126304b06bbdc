// What prepareScores() keeps in the project file: the tally of code words, so that the tables of scores are there as soon as a project is open.
#pragma once

#include "core/session/score.h"

#include <string>

namespace weir::session {

/// Identifies all that code words depend on: the tests of the profile, sources, settings, lists. Points and the profile's name are not among it.
std::string scoreKey(const Snapshot& snapshot, const score::Profile& profile);

/// The stored tally under this profile, when it belongs to the snapshot; else null. Its scores have words, but none by record; its filters must not be run: they are
/// parsed without reading a list.
ScoreResultPtr loadStoredScores(const store::ProjectFile& file, const Snapshot& snapshot, std::string_view profile);
Status saveScores(store::ProjectFile& file, const Snapshot& snapshot, const ScoreResult& result);

}  // namespace weir::session
