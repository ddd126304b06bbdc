// Opens and creates projects, with the sign tallies and scores stored in their files, so that views have numbers
// immediately.
#pragma once

#include "core/session/project/project.h"

#include <string>

namespace weir::session {

/// Like the functions of Project. Opening reads the small tables only; records are read later. Errors: notFound, store,
/// busy.
Result<ProjectPtr> createProject(const std::string& path, store::Opening opening = {});
Result<ProjectPtr> openProject(const std::string& path, store::Opening opening = {});
Result<ProjectPtr> openOrCreateProject(const std::string& path, const store::Opening& opening = {});
Result<ProjectPtr> openUntitledProject(const std::string& path);
Result<ProjectPtr> createUntitledProject();

}  // namespace weir::session
