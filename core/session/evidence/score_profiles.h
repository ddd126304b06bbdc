// Verb: the score profiles that a project keeps, beside the one in force (score.h).
#pragma once

#include "core/session/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// One that was saved under a number.
struct SavedProfile {
    std::int64_t id = 0;
    std::string name, tag, time;  ///< the profile's own name; time RFC 3339 UTC
    std::int64_t scored = 0;      ///< records scored when it was saved
    std::string text;
};
/// In the order of their numbers. Errors: store.
Result<std::vector<SavedProfile>> savedProfiles(const Project& project);
/// Scores by the text, keeps it and makes it the one in force. Errors: badFilter (the text has errors), store,
/// cancelled.
Result<SavedProfile> saveProfile(Project& project, const std::string& text, const std::string& tag, JobContext& job);

}  // namespace weir::session
