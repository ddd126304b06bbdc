// Lists of the project: a row a vintage.
#pragma once

#include "core/store/project_file.h"
#include "core/store/sqlite_db.h"

#include <vector>

namespace weir::store {

/// By name, then date, without their texts. Errors: kDamaged, store.
Result<std::vector<StoredList>> readLists(const Db& db);

}  // namespace weir::store
