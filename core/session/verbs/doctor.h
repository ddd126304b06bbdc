// Verb: finds damaged and outdated parts of a project file.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace weir::session {

/// The findings on a project file.
struct Checkup {
    int version = 0;
    bool older = false;                  ///< opening migrates it
    std::vector<std::string> integrity;  ///< problems that SQLite found; empty = ok
    std::vector<std::string> damaged;    ///< "source 2, column octetDeltaCount, chunk 3: the checksum is wrong"
    /// Stored results that no longer match sources and settings, and unfinished sources.
    std::vector<std::string> stale;
    std::uint64_t sources = 0, records = 0;  ///< readable sources and records

    bool sound() const { return integrity.empty() && damaged.empty(); }
};

/// Reads the whole file, of any version, and changes nothing. Errors: io, badMagic, unsupported, store, cancelled.
Result<Checkup> doctor(const std::string& path, JobContext& job);

}  // namespace weir::session
