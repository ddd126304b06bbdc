// Verb: imports captures into a project.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/project.h"

#include <map>
#include <string>
#include <vector>

namespace weir::session {

/// What to import, and how.
struct ImportRequest {
    std::vector<std::string> paths;  ///< files and directories (walked in name order; each file is a source)
    std::string format;    ///< reader id; "export" = read export datagrams even if a trace has few; empty = detect from
                           ///< the content
    bool again = false;    ///< import a file whose hash is already in the project
    bool hashNow = false;  ///< compute SHA-256 before returning (the CLI); else hashSources() later
    std::string csvMapping = {};  ///< columns of delimited texts (capture/csv_mapping.h), empty = use the header line
    std::map<std::string, std::string> csvMappings = {};  ///< the same for single files, by path; overrides csvMapping
};
/// The outcome for one file.
struct ImportedFile {
    std::string path;
    store::SourceInfo source;  ///< number 0 when nothing was imported
    std::string notice;        ///< one line: why it was rejected ("already in the project as source 2"), or a remark
    bool failed = false;       ///< not usable at all
    bool damaged = false;      ///< good records were imported, others were damaged
};
/// The outcome of an import.
struct ImportReport {
    std::vector<ImportedFile> files;
    bool anyUsable() const;
    bool anyDamaged() const;
};

/// Imports the files. Atomic per source: a cancelled or killed import leaves only completed sources. Publishes
/// snapshots as sources complete (records only; prepare() derives the rest), but none after a cancel: call reload() to
/// see the sources imported before it. Errors: cancelled, store; per-file problems are in the report.
Result<ImportReport> importFiles(Project& project, const ImportRequest& request, JobContext& job);

/// Computes missing SHA-256 sums (background job after an import).
Status hashSources(Project& project, JobContext& job);

}  // namespace weir::session
