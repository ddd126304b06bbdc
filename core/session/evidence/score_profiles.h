// Verbs on the saved score profiles of a project. For the current one see score.h.
#pragma once

#include "core/session/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// A saved score profile.
struct SavedProfile {
    std::int64_t id = 0;
    std::string name, tag, time;  ///< the profile's own name; time RFC 3339 UTC
    std::int64_t scored = 0;      ///< number of records scored when it was saved
    std::string text;
};
/// The saved profiles by number. Errors: store.
Result<std::vector<SavedProfile>> savedProfiles(const Project& project);
/// Scores with the text, saves it, and makes it the current profile. Errors: badFilter (the text has errors), store,
/// cancelled.
Result<SavedProfile> saveProfile(Project& project, const std::string& text, const std::string& tag, JobContext& job);

}  // namespace weir::session
