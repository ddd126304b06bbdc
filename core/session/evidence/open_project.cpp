// Adds stored results to a snapshot.
#include "core/session/evidence/open_project.h"

#include "core/session/evidence/score.h"
#include "core/session/evidence/stored_run.h"
#include "core/session/evidence/stored_scores.h"

namespace weir::session {
namespace {

void restoreResults(const store::ProjectFile& file, Snapshot& snapshot) {
    StoredTally stored = loadStoredTally(file, snapshot.settings, snapshot.sources);
    snapshot.storedTally = std::move(stored.tally);
    snapshot.storedUserSigns = std::move(stored.userSigns);
    snapshot.scores = loadStoredScores(file, snapshot, currentProfile(file));
}

}  // namespace

Result<ProjectPtr> createProject(const std::string& path, store::Opening opening) {
    return Project::create(path, restoreResults, std::move(opening));
}
Result<ProjectPtr> openProject(const std::string& path, store::Opening opening) {
    return Project::open(path, restoreResults, std::move(opening));
}
Result<ProjectPtr> openOrCreateProject(const std::string& path, const store::Opening& opening) {
    return Project::openOrCreate(path, restoreResults, opening);
}
Result<ProjectPtr> openUntitledProject(const std::string& path) { return Project::openUntitled(path, restoreResults); }
Result<ProjectPtr> createUntitledProject() { return Project::createUntitled(restoreResults); }

}  // namespace weir::session
