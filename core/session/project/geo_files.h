// The MaxMind databases that a project names: adding and removing them.
#pragma once

#include "core/session/project/project.h"

#include <string>

namespace weir::session {

/// Errors: those of GeoDatabase::open, usage (it knows neither countries nor AS numbers), store.
Status addGeo(Project& project, const std::string& path);
/// False: the project has no such file. Errors: store.
Result<bool> removeGeo(Project& project, const std::string& path);

}  // namespace weir::session
