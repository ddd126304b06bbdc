// The rows that describe sources, their drops and exporters.
#pragma once

#include "core/store/damage.h"
#include "core/store/project_file.h"
#include "core/store/sqlite_db.h"

#include <vector>

namespace weir::store {

/// The complete sources by number. A source whose row is damaged is noted and left out; damaged drops and exporters are
/// noted and left out. Reads the tables of every version. Errors: kDamaged (the list itself cannot be read), store.
Result<std::vector<SourceInfo>> readSources(const Db& db, DamageLog& damage);

}  // namespace weir::store
