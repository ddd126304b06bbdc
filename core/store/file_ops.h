// Whole files: temporary names, durable renames, and what killed processes left behind.
#pragma once

#include "core/base/result.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace weir::store {

inline constexpr const char* kTemporaryMark = ".part-";
/// `path.part-<process>-<n>`: beside the file it will become, unique in this process.
std::string temporaryName(const std::string& path);

/// Removes the file (and SQLite's companions) when it still exists at the end of the scope.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
    TemporaryFile(TemporaryFile&& o) noexcept : path_(std::exchange(o.path_, {})) {}
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Makes a growing file durable while it grows, on a thread of its own, so that the end has little left to do.
class WriteBehind {
public:
    explicit WriteBehind(const std::string& path);
    WriteBehind(const WriteBehind&) = delete;
    WriteBehind& operator=(const WriteBehind&) = delete;
    ~WriteBehind();
    void wrote(std::size_t bytes);  ///< never waits for the disk
    /// Ends the thread. What it could not write: the system tells only once, so publishFile() would not see it.
    Status finish();

private:
    void sync(const std::stop_token& stop);

    const std::string path_;
    const int fd_;
    std::size_t pending_ = 0;  ///< bytes since the thread was woken last
    std::mutex mutex_;
    std::condition_variable_any more_;
    bool due_ = false;  ///< guarded by mutex_
    int failed_ = 0;    ///< errno; the thread's until it ends
    std::jthread thread_;
};

enum class Publish : bool { neverReplace, replace };
/// Marks a closed database as write-ahead logged, makes it durable and gives it the name `path` in one step. With
/// neverReplace a file of that name is an error and stays. REQUIRES: the turn to write `path`; to replace, nobody can
/// open it meanwhile (ProjectLock::Gate).
Status publishFile(const std::string& temporary, const std::string& path, Publish how);

/// Removes temporary files of `path`. REQUIRES: the turn to write `path`, as all who make such files have it.
void removeTemporaries(const std::string& path);
std::int64_t thisProcess();

/// The same file, whatever its name is by now.
struct FileIdentity {
    std::uint64_t device = 0, inode = 0;  ///< 0 = there is no file
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
FileIdentity identityOf(const std::string& path);

/// Whether the file can be opened for writing; empty = yes, else why not. Errors: io (it is missing or cannot be read).
Result<std::string> whyReadOnly(const std::string& path);

/// Main file and write-ahead log.
std::uint64_t fileBytes(const std::string& path);

}  // namespace weir::store
