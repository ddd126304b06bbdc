// An open project: the file behind it and the present snapshot.
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

/// Adds the results that a file stores to a snapshot just read from it: the project itself does not know what they are.
/// evidence/open_project.h opens projects with the one in use.
using Restore = void (*)(const store::ProjectFile& file, Snapshot& snapshot);

/// Thread-safe. Verbs change it through publish(); views hold SnapshotPtr.
class Project {
public:
    static Result<std::shared_ptr<Project>> create(const std::string& path, Restore restore, store::Opening opening);
    static Result<std::shared_ptr<Project>> open(const std::string& path, Restore restore, store::Opening opening);
    /// Opens the project, or creates it where there is none, whatever other programs do meanwhile.
    static Result<std::shared_ptr<Project>> openOrCreate(const std::string& path, Restore restore,
                                                         const store::Opening& opening);
    /// An untitled project that a crash left (recovery.h).
    static Result<std::shared_ptr<Project>> openUntitled(const std::string& path, Restore restore);
    /// A project of its own in the cache directory, to be saved or dropped. Its file appears with the first source, or
    /// at publishFile().
    static Result<std::shared_ptr<Project>> createUntitled(Restore restore);

    SnapshotPtr snapshot() const;
    /// The file to read from; it stays readable whatever becomes of the project.
    std::shared_ptr<const store::ProjectFile> reading() const;
    /// The file to write to. Waits while Save As puts another one in its place.
    Writing writing() const;

    /// Copies the present snapshot, lets `change` edit the copy, publishes it with a new version.
    void publish(const std::function<void(Snapshot&)>& change);
    /// Re-reads sources, settings and records from the file and drops what is derived from them.
    Status reload();
    /// When a source turned out to be damaged since the last reload(): looks through all of them, leaves the damaged
    /// ones out and reloads. False: nothing new is damaged, or the rest cannot be read either.
    bool leaveOutDamaged(JobContext& job);
    /// Looks through all sources; where something is damaged the project goes on read-only, without it. Errors: store,
    /// cancelled.
    Status checkAll(JobContext& job);
    /// Re-reads the lists; what was computed stays.
    Status reloadLists();
    /// Re-reads marks and silences; what was computed stays.
    Status reloadMarks();
    /// Stores the settings and drops what depends on them (Redo::packets settings are stored, existing sources keep
    /// their records).
    Status changeSettings(const Settings& settings);
    /// Copies the project to `path` and goes on there; an untitled file is removed. What is written meanwhile is in the
    /// copy.
    Status saveAs(const std::string& path, JobContext& job);
    /// The same into a new untitled project: the file is left as it is.
    Status moveToUntitled(JobContext& job);
    /// Gives a new project its name before it has a source.
    Status publishFile() { return writing()->publish(); }
    /// Reads what other programs wrote since the last call, if anything; true = a new snapshot was published.
    Result<bool> follow();
    /// Closing removes the file of an untitled project, and any project that has no source yet and never got its name.
    void discard();

private:
    Project(std::unique_ptr<store::ProjectFile> file, Restore restore, bool untitled);
    Status moveTo(const std::string& path, bool untitled, JobContext& job);
    const Restore restore_;
    const std::shared_ptr<Writers> writers_ = std::make_shared<Writers>();
    std::mutex
        marksMutex_;  ///< one reads marks and publishes them at a time, so that older ones never follow newer ones
    mutable std::mutex mutex_;  ///< guards what follows; nothing is read or computed under it
    std::shared_ptr<store::ProjectFile> file_;
    SnapshotPtr snapshot_;
};
using ProjectPtr = std::shared_ptr<Project>;

}  // namespace weir::session
