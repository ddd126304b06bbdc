// The rows that describe sources, their drops and their exporters.
#pragma once

#include "core/store/damage.h"
#include "core/store/project_file.h"
#include "core/store/sqlite_db.h"

#include <vector>

namespace weir::store {

/// The complete sources, by number. Reads the tables of every schema version. A source whose row is damaged is noted in
/// `damage` and left out; so are damaged drops and exporters. Errors: kDamaged (the list itself cannot be read), store.
Result<std::vector<SourceInfo>> readSources(const Db& db, DamageLog& damage);

}  // namespace weir::store
