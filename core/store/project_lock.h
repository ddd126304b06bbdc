// Which program edits a project and which one writes to it: kernel locks on a file beside the project, which end with
// the process, even if it is killed.
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace weir::store {

/// The file `path.lock` of one open project. Its byte ranges are locked (open file description locks of Linux); its
/// text only names the holders for messages. The last program that closes it removes it. Thread-safe.
class ProjectLock {
public:
    /// Opens or creates `path.lock`. Errors: readOnly ("its folder is write-protected", "it is on a read-only medium"),
    /// io (it cannot be created, or the file system has no locks).
    static Result<std::shared_ptr<ProjectLock>> open(const std::string& path);
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;
    ~ProjectLock();

    /// Tries to get the editing lock, which this object then holds until its end. Does not wait. Empty = got it, else
    /// who holds it: "HOST, process 17, since 2026-11-30 23:09:51 UTC".
    std::string takeEditing();

    /// The right to write, for one transaction or one import. Ends with the object.
    class Turn {
    public:
        Turn(Turn&& o) noexcept : lock_(std::move(o.lock_)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        friend class ProjectLock;
        explicit Turn(std::shared_ptr<ProjectLock> lock) : lock_(std::move(lock)) {}
        std::shared_ptr<ProjectLock> lock_;
    };
    /// Waits up to `wait` until nobody else has the turn. One of the waiting programs is always next in line, so that a
    /// program with many short turns cannot keep it out. REQUIRES: the calling thread holds no turn of this object.
    /// Errors: busy (the text names the host and process that is writing, and since when).
    static Result<Turn> takeTurn(const std::shared_ptr<ProjectLock>& lock, std::chrono::milliseconds wait);

    /// Reserves a source that is being imported, or whose removal can be undone, until release() or the end of this
    /// object. Unclaimed sources in such a state may be deleted by anyone with the turn. Errors: busy (another program
    /// has claimed it).
    Status claim(std::uint32_t source);
    /// Ends a claim; without one, does nothing.
    void release(std::uint32_t source);
    /// Whether another ProjectLock, of this or another process, has claimed the source.
    bool isClaimed(std::uint32_t source) const;

    /// While it lives: with Passing::replacing nobody else can open the project, with Passing::opening nobody can
    /// replace it.
    class Gate {
    public:
        Gate(Gate&& o) noexcept : lock_(std::move(o.lock_)) {}
        Gate& operator=(Gate&&) = delete;
        ~Gate();

    private:
        friend class ProjectLock;
        explicit Gate(std::shared_ptr<const ProjectLock> lock) : lock_(std::move(lock)) {}
        std::shared_ptr<const ProjectLock> lock_;
    };
    /// What the holder of a gate does.
    enum class Passing : bool { opening, replacing };
    /// Waits up to 10 s for the gate. Errors: busy.
    static Result<Gate> passGate(const std::shared_ptr<ProjectLock>& lock, Passing how);

private:
    ProjectLock(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
    void endTurn();
    std::string holderAt(std::int64_t place) const;
    void describe(std::int64_t place) const;

    const std::string path_;
    const int fd_;
    std::mutex mutex_;
    std::condition_variable free_;
    bool taken_ = false;  ///< a thread of this object has the turn; guarded by mutex_
};

}  // namespace weir::store
