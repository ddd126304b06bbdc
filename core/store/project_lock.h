// Who edits and who writes a project: locks of the kernel on a file beside it, which end with the process whatever
// happens to it.
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace weir::store {

/// `path.lock` of one open project. Byte ranges of it are locked (open file description locks); its text only names the
/// holders in messages. The last one who closes it removes it. Thread-safe.
class ProjectLock {
public:
    /// Opens or creates the file. Errors: readOnly (the folder or the medium cannot be written), io.
    static Result<std::shared_ptr<ProjectLock>> open(const std::string& path);
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;
    ~ProjectLock();

    /// Takes the editing lock for as long as this lives. Empty = taken, else who holds it: "host, process 17, since …".
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
    /// Waits at most so long for the writers before it; those of this object are served in turn, others in the order in
    /// which they came, so that nobody starves. REQUIRES: the calling thread holds no turn of this object. Errors: busy
    /// (says who writes, and since when).
    static Result<Turn> takeTurn(const std::shared_ptr<ProjectLock>& lock, std::chrono::milliseconds wait);

    /// A source that is being imported, or whose removal can be undone, belongs to whoever claims it, until release()
    /// or the end of this.
    Status claim(std::uint32_t source);
    void release(std::uint32_t source);
    /// Whether somebody else has claimed the source.
    bool isClaimed(std::uint32_t source) const;

    /// Keeps others from opening the project while a file takes its place; opening waits for that.
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
    enum class Passing : bool { opening, replacing };
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
