// Whole files: temporary names, durable renames, and what killed processes left behind.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace weir::store {

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
    const std::string path_;
    const int fd_;
    std::size_t pending_ = 0;  ///< bytes since the thread was woken last
    std::mutex mutex_;
    std::condition_variable_any more_;
    bool due_ = false;    ///< guarded by mutex_
    int failed_ = 0;      ///< errno; the thread's until it ends
    std::jthread thread_;
};

/// Marks a closed database as write-ahead logged, makes it durable and puts it in the place of `path` in one step.
/// REQUIRES: nobody has `path` open.
Status publishFile(const std::string& temporary, const std::string& path);

/// Removes temporary files of `path` whose process is gone.
void removeStaleTemporaries(const std::string& path);
bool processIsAlive(std::int64_t process);
std::int64_t thisProcess();

/// Main file and write-ahead log.
std::uint64_t fileBytes(const std::string& path);

}  // namespace weir::store
