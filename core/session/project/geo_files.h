// Adds and removes the MaxMind databases that a project names.
#pragma once

#include "core/session/project/project.h"

#include <string>

namespace weir::session {

/// Adds a database. Errors: those of GeoDatabase::open, usage (it has neither countries nor AS numbers), store.
Status addGeo(Project& project, const std::string& path);
/// Removes a database. Returns false when the project has no such file. Errors: store.
Result<bool> removeGeo(Project& project, const std::string& path);

}  // namespace weir::session
