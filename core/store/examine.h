// Looking through a whole project file without changing it.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/table.h"
#include "core/store/damage.h"
#include "core/store/project_file.h"

#include <map>
#include <string>
#include <vector>

namespace weir::store {

/// What is in a project file of any version, and what is wrong with it.
struct Examination {
    int version = 0;
    std::vector<std::string> integrity;  ///< what PRAGMA integrity_check says; empty = ok
    std::vector<Damage> damaged;
    std::vector<std::string>
        unfinished;  ///< sources that an import left behind, or that were removed; the next opening deletes them
    std::vector<SourceInfo> sources;            ///< that can be read
    std::map<std::string, std::string> values;  ///< of setValue()
    std::map<std::string, flow::Table> tables;  ///< of saveTable(), by name
    std::vector<StoredList> lists;
    /// Rows of code, filter, note, until, time.
    std::vector<std::vector<std::string>> silences;
};

/// Opens the file for reading only and never migrates it. Reads everything once: chunks, address lists, words, tables,
/// values, lists. Errors: io, badMagic (no project), unsupported (of a newer Weir), store, cancelled; damage is none.
Result<Examination> examineProject(const std::string& path, JobContext& job);

}  // namespace weir::store
