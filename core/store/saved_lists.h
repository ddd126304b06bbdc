// Lists of the project: one row per version.
#pragma once

#include "core/store/project_file.h"
#include "core/store/sqlite_db.h"

#include <vector>

namespace weir::store {

/// All list versions without their texts, by name, then date. Errors: kDamaged, store.
Result<std::vector<StoredList>> readLists(const Db& db);

}  // namespace weir::store
