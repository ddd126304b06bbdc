// Verb: what is damaged or out of date in a project file.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace weir::session {

struct Checkup {
    int version = 0;
    bool older = false;                  ///< opening migrates it
    std::vector<std::string> integrity;  ///< what SQLite found; empty = ok
    std::vector<std::string> damaged;    ///< "source 2, column octetDeltaCount, chunk 3: the checksum is wrong"
    std::vector<std::string>
        stale;  ///< stored results that the sources and settings no longer fit, and unfinished sources
    std::uint64_t sources = 0, records = 0;  ///< that can be read

    bool sound() const { return integrity.empty() && damaged.empty(); }
};

/// Reads the whole file, of any version, and changes nothing. Errors: io, badMagic, unsupported, store, cancelled.
Result<Checkup> doctor(const std::string& path, JobContext& job);

}  // namespace weir::session
