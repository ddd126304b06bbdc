// Verb: import captures into a project.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/project.h"

#include <map>
#include <string>
#include <vector>

namespace weir::session {

struct ImportRequest {
    std::vector<std::string> paths;  ///< files and directories (walked in name order; each file is a source)
    std::string
        format;  ///< reader id; "export" = export datagrams also where they are few in a trace; empty = by the bytes
    bool again = false;           ///< import a file whose hash is already in the project
    bool hashNow = false;         ///< compute SHA-256 before returning (the CLI); else hashSources() later
    std::string csvMapping = {};  ///< columns of delimited texts (capture/csv_mapping.h), empty = by their header
    std::map<std::string, std::string> csvMappings =
        {};  ///< the same for single files, by path; goes before csvMapping
};
struct ImportedFile {
    std::string path;
    store::SourceInfo source;  ///< number 0 when nothing was imported
    std::string notice;        ///< why it was refused or what to know ("already in the project as source 2"), one line
    bool failed = false;       ///< not usable at all
    bool damaged = false;      ///< good records were kept, others were damaged
};
struct ImportReport {
    std::vector<ImportedFile> files;
    bool anyUsable() const;
    bool anyDamaged() const;
};

/// Atomic per source: a cancelled or killed import leaves completed sources only. Publishes a new snapshot after each
/// source (records only; prepare() derives the rest), but none after a cancel: who wants to see what came in reloads
/// the project. Errors: cancelled, store; per-file problems are in the report.
Result<ImportReport> importFiles(Project& project, const ImportRequest& request, JobContext& job);

/// Computes missing SHA-256 sums (background job after an import).
Status hashSources(Project& project, JobContext& job);

}  // namespace weir::session
