// Open file description locks on single bytes of `path.lock`.
#include "core/store/project_lock.h"

#include "core/base/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <thread>

namespace weir::store {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPoll = 2ms;
constexpr auto kGateWait = 10s;

/// Bytes that are locked; a source has byte kFirstSource + number.
constexpr std::int64_t kPresent = 0, kEditing = 1, kQueue = 2, kWriting = 3, kGate = 4, kFirstSource = 16;
/// Offsets of the texts that describe the holders.
constexpr std::int64_t kEditingText = 0, kWritingText = 256;
constexpr std::size_t kTextBytes = 256;

/// `kind`: F_RDLCK, F_WRLCK or F_UNLCK; `length` 0 = to the end. Does not wait.
bool setLock(int fd, short kind, std::int64_t from, std::int64_t length = 1) {
    struct flock l {};
    l.l_type = kind;
    l.l_whence = SEEK_SET;
    l.l_start = from;
    l.l_len = length;
    return ::fcntl(fd, F_OFD_SETLK, &l) == 0;
}

bool isHeld(int fd, std::int64_t from) {
    struct flock l {};
    l.l_type = F_WRLCK;
    l.l_whence = SEEK_SET;
    l.l_start = from;
    l.l_len = 1;
    return ::fcntl(fd, F_OFD_GETLK, &l) == 0 && l.l_type != F_UNLCK;
}

/// False if others still hold it at `until`.
bool waitFor(int fd, short kind, std::int64_t from, Clock::time_point until) {
    while (!setLock(fd, kind, from)) {
        if (Clock::now() >= until) return false;
        std::this_thread::sleep_for(kPoll);
    }
    return true;
}

Error cannot(const std::string& path) {
    const int code = errno;
    const bool writeProtected = code == EACCES || code == EROFS || code == EPERM;
    std::string text = code == EROFS    ? "it is on a read-only medium"
                       : writeProtected ? "its folder is write-protected"
                                        : "cannot create " + path + ": " + std::strerror(code);
    return {writeProtected ? Errc::readOnly : Errc::io, std::move(text), 0};
}

/// Whether `path` still names the open file.
bool isStill(int fd, const std::string& path) {
    struct stat open {
    }, named{};
    return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
           open.st_ino == named.st_ino;
}

std::string thisHolder() {
    char host[128] = "";
    (void)::gethostname(host, sizeof host - 1);
    const std::string now = utcNow();  // 2026-11-30T23:09:51.123Z
    return std::string(host) + ", process " + std::to_string(::getpid()) + ", since " + now.substr(0, 10) + " " +
           now.substr(11, 8) + " UTC";
}

}  // namespace

Result<std::shared_ptr<ProjectLock>> ProjectLock::open(const std::string& path) {
    std::string name = path + ".lock";
    for (;;) {
        const int fd = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) return cannot(name);
        (void)::fchmod(fd, 0666);  // other users who may write to the project take turns too
        std::shared_ptr<ProjectLock> lock(new ProjectLock(name, fd));
        // A program locks the whole file before it removes it, so a file that still has its name now will stay.
        if (waitFor(fd, F_RDLCK, kPresent, Clock::now() + kGateWait) && isStill(fd, name)) return lock;
        if (isStill(fd, name))
            return Error{Errc::io, "cannot lock " + name + ": the file system does not support locks", 0};
    }
}

ProjectLock::~ProjectLock() {
    if (setLock(fd_, F_WRLCK, 0, 0) && isStill(fd_, path_)) (void)::unlink(path_.c_str());
    ::close(fd_);
}

std::string ProjectLock::holderAt(std::int64_t place) const {
    char text[kTextBytes] = "";
    const auto n = ::pread(fd_, text, sizeof text - 1, place);
    std::string holder(text, n > 0 ? ::strnlen(text, std::size_t(n)) : 0);
    return holder.empty() ? "another program" : holder;
}

void ProjectLock::describe(std::int64_t place) const {
    std::string text = thisHolder();
    text.resize(kTextBytes, '\0');
    (void)!::pwrite(fd_, text.data(), text.size(), place);
}

std::string ProjectLock::takeEditing() {
    if (!setLock(fd_, F_WRLCK, kEditing)) return holderAt(kEditingText);
    describe(kEditingText);
    return {};
}

Result<ProjectLock::Turn> ProjectLock::takeTurn(const std::shared_ptr<ProjectLock>& lock,
                                                std::chrono::milliseconds wait) {
    const auto until = Clock::now() + wait;
    {
        std::unique_lock own(lock->mutex_);
        if (!lock->free_.wait_until(own, until, [&] { return !lock->taken_; }))
            return Error{Errc::busy, "another job of this program is writing to the project", 0};
        lock->taken_ = true;
    }
    Turn turn(lock);
    // The next in line holds the byte `queue` while it waits for `writing`, so a program with many transactions cannot
    // overtake it.
    const bool first = waitFor(lock->fd_, F_WRLCK, kQueue, until);
    const bool mine = first && waitFor(lock->fd_, F_WRLCK, kWriting, until);
    if (first) setLock(lock->fd_, F_UNLCK, kQueue);
    if (!mine) {
        return Error{Errc::busy,
                     "another program is writing to the project (" + lock->holderAt(kWritingText) + "); waited " +
                         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(wait).count()) + " s",
                     0};
    }
    lock->describe(kWritingText);
    return turn;
}

void ProjectLock::endTurn() {
    setLock(fd_, F_UNLCK, kWriting);
    {
        const std::lock_guard own(mutex_);
        taken_ = false;
    }
    free_.notify_one();
}

ProjectLock::Turn::~Turn() {
    if (lock_) lock_->endTurn();
}

Status ProjectLock::claim(std::uint32_t source) {
    return setLock(fd_, F_WRLCK, kFirstSource + source)
               ? ok()
               : Status(Error{Errc::busy, "source " + std::to_string(source) + " is in use by another program", 0});
}

void ProjectLock::release(std::uint32_t source) { setLock(fd_, F_UNLCK, kFirstSource + source); }
bool ProjectLock::isClaimed(std::uint32_t source) const { return isHeld(fd_, kFirstSource + source); }

Result<ProjectLock::Gate> ProjectLock::passGate(const std::shared_ptr<ProjectLock>& lock, Passing how) {
    if (!waitFor(lock->fd_, how == Passing::opening ? F_RDLCK : F_WRLCK, kGate, Clock::now() + kGateWait))
        return Error{Errc::busy, "another program is opening or replacing the project; try again", 0};
    return Gate(lock);
}

ProjectLock::Gate::~Gate() {
    if (lock_) setLock(lock_->fd_, F_UNLCK, kGate);
}

}  // namespace weir::store
