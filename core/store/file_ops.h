// Whole files: temporary names, durable renames, and removing what killed processes left behind.
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

/// Part of every temporary name.
inline constexpr const char* kTemporaryMark = ".part-";
/// `path.part-<process>-<n>`: in the folder of `path`, unique in this process. Thread-safe.
std::string temporaryName(const std::string& path);

/// Removes a file, and the files that SQLite creates beside it, at the end of the scope; a missing file is fine.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string path) : path_(std::move(path)) {}  ///< creates nothing
    TemporaryFile(TemporaryFile&& o) noexcept : path_(std::exchange(o.path_, {})) {}
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();
    const std::string& path() const { return path_; }  ///< as given

private:
    std::string path_;
};

/// Syncs a growing file to disk on a thread of its own, every 16 MiB, so that little is left to sync at the end. One
/// caller at a time.
class WriteBehind {
public:
    /// The file must exist. If it cannot be opened, or no thread can be started, nothing is synced early.
    explicit WriteBehind(const std::string& path);
    WriteBehind(const WriteBehind&) = delete;
    WriteBehind& operator=(const WriteBehind&) = delete;
    ~WriteBehind();
    void wrote(std::size_t bytes);  ///< call after each write; never waits for the disk
    /// Ends the thread. Errors: io ("cannot write PATH: …"). The system reports a failed sync only once, so
    /// publishFile() would not see it.
    Status finish();

private:
    void sync(const std::stop_token& stop);

    const std::string path_;
    const int fd_;
    std::size_t pending_ = 0;  ///< bytes written since the thread was last woken
    std::mutex mutex_;
    std::condition_variable_any more_;
    bool due_ = false;  ///< guarded by mutex_
    int failed_ = 0;    ///< errno of a failed sync; owned by the thread until it ends
    std::jthread thread_;
};

/// What publishFile() does if the target exists.
enum class Publish : bool { neverReplace, replace };
/// Marks a closed database as write-ahead logged, syncs it, and renames it to `path` in one step. Errors: io ("PATH
/// exists already; …" with neverReplace, or what the system says); `path` is then unchanged. REQUIRES: the turn to
/// write `path`; to replace, nobody can open `path` meanwhile (ProjectLock::Gate).
Status publishFile(const std::string& temporary, const std::string& path, Publish how);

/// Removes all temporary files of `path`. REQUIRES: the turn to write `path`; whoever creates such files holds it.
void removeTemporaries(const std::string& path);
/// Process id.
std::int64_t thisProcess();

/// Identifies a file whatever its name.
struct FileIdentity {
    std::uint64_t device = 0, inode = 0;  ///< 0 = there is no file
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
/// Identity of the file at `path`; zeros if there is none.
FileIdentity identityOf(const std::string& path);

/// Why the file cannot be opened for writing, as part of a sentence ("the file is write-protected"); empty = it can.
/// Errors: io (the file is missing or cannot be read).
Result<std::string> whyReadOnly(const std::string& path);

/// Size of the file and its write-ahead log, in bytes; 0 for what is missing.
std::uint64_t fileBytes(const std::string& path);

}  // namespace weir::store
