// Opening and creating projects: with the sign tallies and scores that their files store, so that views have figures at
// once.
#pragma once

#include "core/session/project/project.h"

#include <string>

namespace weir::session {

/// As the functions of Project. Cost of opening: reading the small tables; records are read later. Errors: notFound,
/// store, busy.
Result<ProjectPtr> createProject(const std::string& path, store::Opening opening = {});
Result<ProjectPtr> openProject(const std::string& path, store::Opening opening = {});
Result<ProjectPtr> openOrCreateProject(const std::string& path, const store::Opening& opening = {});
Result<ProjectPtr> openUntitledProject(const std::string& path);
Result<ProjectPtr> createUntitledProject();

}  // namespace weir::session
