// An open project: its file and the current snapshot.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/session/project/snapshot.h"
#include "core/session/project/writing.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace weir::session {

/// Adds the results stored in a file to a snapshot just read from it, so that Project need not know their kinds.
/// evidence/open_project.h opens projects with the actual function.
using Restore = void (*)(const store::ProjectFile& file, Snapshot& snapshot);

/// A project and its file. Thread-safe. Verbs change it through publish(); views hold a SnapshotPtr.
class Project {
public:
    static Result<std::shared_ptr<Project>> create(const std::string& path, Restore restore, store::Opening opening);
    static Result<std::shared_ptr<Project>> open(const std::string& path, Restore restore, store::Opening opening);
    /// Opens the project, or creates it if it does not exist, atomically with respect to other programs.
    static Result<std::shared_ptr<Project>> openOrCreate(const std::string& path, Restore restore,
                                                         const store::Opening& opening);
    /// Opens an untitled project that a crash left behind (recovery.h).
    static Result<std::shared_ptr<Project>> openUntitled(const std::string& path, Restore restore);
    /// Creates an untitled project in the cache directory, to be saved or discarded. Its file appears with the first
    /// source, or at publishFile().
    static Result<std::shared_ptr<Project>> createUntitled(Restore restore);

    SnapshotPtr snapshot() const;
    /// The file to read from; stays readable even if the project is moved or closed.
    std::shared_ptr<const store::ProjectFile> reading() const;
    /// The file to write to. Waits while Save As replaces it.
    Writing writing() const;

    /// Copies the current snapshot, lets `change` edit the copy, and publishes it with a new version.
    void publish(const std::function<void(Snapshot&)>& change);
    /// Re-reads sources, settings and records from the file and drops what is derived from them.
    Status reload();
    /// If a source was found damaged since the last reload(): checks all sources, excludes the damaged ones and
    /// reloads. Returns false when there is no new damage, or the rest is unreadable too.
    bool leaveOutDamaged(JobContext& job);
    /// Checks all sources. If any is damaged, the project continues read-only, without it. Errors: store, cancelled.
    Status checkAll(JobContext& job);
    /// Re-reads the lists; computed results stay.
    Status reloadLists();
    /// Re-reads marks and silences; computed results stay.
    Status reloadMarks();
    /// Saves the settings and drops results that depend on them. Redo::packets settings affect future imports only;
    /// existing sources keep their records.
    Status changeSettings(const Settings& settings);
    /// Saves a copy to `path` and continues with it; removes an untitled file. The copy includes concurrent writes.
    Status saveAs(const std::string& path, JobContext& job);
    /// The same into a new untitled project; the old file is left unchanged.
    Status moveToUntitled(JobContext& job);
    /// Creates the file of a new project before it has a source.
    Status publishFile() { return writing()->publish(); }
    /// Reads changes that other programs made since the last call. Returns true if it published a new snapshot.
    Result<bool> follow();
    /// Closing removes the file of an untitled project, and of any project that has no source and never got a name.
    void discard();

private:
    Project(std::unique_ptr<store::ProjectFile> file, Restore restore, bool untitled);
    Status moveTo(const std::string& path, bool untitled, JobContext& job);
    const Restore restore_;
    const std::shared_ptr<Writers> writers_ = std::make_shared<Writers>();
    std::mutex marksMutex_;  ///< serialises reading and publishing marks, so that older ones never overwrite newer ones
    mutable std::mutex mutex_;  ///< guards the members below; never held while reading or computing
    std::shared_ptr<store::ProjectFile> file_;
    SnapshotPtr snapshot_;
};
using ProjectPtr = std::shared_ptr<Project>;

}  // namespace weir::session
