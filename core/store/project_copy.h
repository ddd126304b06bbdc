// A copy of a project, for Save As.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

namespace weir::store {

/// A copy being made while the project is read and written. Destroyed before finish() succeeds, it leaves no file. One
/// caller at a time; the project must outlive it.
class ProjectCopy {
public:
    virtual ~ProjectCopy() = default;
    /// Copies the pages present. What this process writes meanwhile goes into the copy too; a write by another process
    /// starts the copy again. Errors: cancelled, store (also if another project replaced the file).
    virtual Status run(JobContext& job) = 0;
    /// Copies the rest, without unfinished, removed and damaged sources, and renames the copy to its path; a file there
    /// is replaced. REQUIRES: run() has returned, and this process is not writing to the project. Errors: as run(), io,
    /// busy (another program is opening the file to be replaced).
    virtual Status finish(JobContext& job) = 0;
};

}  // namespace weir::store
