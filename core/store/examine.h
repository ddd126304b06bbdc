// Checking a whole project file without changing it.
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

/// Contents of a project file of any version, and what is wrong with it.
struct Examination {
    int version = 0;                     ///< of the schema; 0 if it cannot be read
    std::vector<std::string> integrity;  ///< up to 20 lines of PRAGMA integrity_check; empty = ok
    std::vector<Damage> damaged;         ///< in the order found
    /// Sources that an import left behind or that were removed, "source 2 (importing)". The next opening deletes them.
    std::vector<std::string> unfinished;
    std::vector<SourceInfo> sources;                 ///< those that can be read, by number
    std::map<std::string, std::string> values;       ///< as of ProjectFile::value(), by key
    std::map<std::string, flow::Table> tables;       ///< as of ProjectFile::loadTable(), by name
    std::vector<StoredList> lists;                   ///< by name, then date
    std::vector<std::vector<std::string>> silences;  ///< rows of code, filter, note, until, time
};

/// Opens the file read-only, does not migrate it, and reads everything once: chunks, address lists, words, tables,
/// values, lists. Damage is a result, not an error. Errors: io ("no project file PATH", or it cannot be read), badMagic
/// (not a project), unsupported (written by a newer Weir), store, cancelled. Uses job.threads() threads. Cost: one pass
/// over the file.
Result<Examination> examineProject(const std::string& path, JobContext& job);

}  // namespace weir::store
