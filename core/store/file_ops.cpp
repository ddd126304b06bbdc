// The POSIX calls for temporary files and atomic replacement.
#include "core/store/file_ops.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace weir::store {
namespace {

constexpr std::size_t kWriteBehindBytes = 16u << 20;
constexpr const char* kCompanions[] = {"-wal", "-shm", "-journal"};

Error ioError(const std::string& doing, const std::string& path) {
    return {Errc::io, "cannot " + doing + " " + path + ": " + std::strerror(errno), 0};
}

/// A descriptor that closes itself.
struct Fd {
    explicit Fd(int n) : fd(n) {}
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() {
        if (fd >= 0) ::close(fd);
    }
    int fd;
};

}  // namespace

std::string temporaryName(const std::string& path) {
    static std::atomic<unsigned> next{1};
    return path + kTemporaryMark + std::to_string(::getpid()) + "-" + std::to_string(next++);
}

TemporaryFile::~TemporaryFile() {
    if (path_.empty()) return;
    (void)::unlink(path_.c_str());
    for (const char* suffix : kCompanions) (void)::unlink((path_ + suffix).c_str());
}

WriteBehind::WriteBehind(const std::string& path) : path_(path), fd_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    if (fd_ < 0) return;
    try {
        thread_ = std::jthread([this](const std::stop_token& stop) { sync(stop); });
    } catch (const std::system_error&) {
        // No thread available: publishFile() syncs everything.
    }
}

void WriteBehind::sync(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (more_.wait(lock, stop, [this] { return due_; })) {
        due_ = false;
        lock.unlock();
        if (::fdatasync(fd_) != 0) failed_ = errno;
        lock.lock();
    }
}

WriteBehind::~WriteBehind() {
    (void)finish();
    if (fd_ >= 0) ::close(fd_);
}

Status WriteBehind::finish() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    errno = failed_;
    return failed_ == 0 ? ok() : ioError("write", path_);
}

void WriteBehind::wrote(std::size_t bytes) {
    pending_ += bytes;
    if (pending_ < kWriteBehindBytes) return;
    pending_ = 0;
    {
        const std::lock_guard lock(mutex_);
        due_ = true;
    }
    more_.notify_one();
}

Status publishFile(const std::string& temporary, const std::string& path, Publish how) {
    {
        const Fd file(::open(temporary.c_str(), O_RDWR | O_CLOEXEC));
        if (file.fd < 0) return ioError("open", temporary);
        // Write and read version 2 in the database header = write-ahead log (SQLite file format, 1.3.3).
        constexpr unsigned char kWal[2] = {2, 2};
        if (::pwrite(file.fd, kWal, 2, 18) != 2) return ioError("write", temporary);
        if (::fsync(file.fd) != 0) return ioError("write", temporary);
    }
    if (how == Publish::neverReplace && ::access(path.c_str(), F_OK) == 0)
        return Error{Errc::io, path + " already exists; open it, or choose another name", 0};
    for (const char* suffix : kCompanions) (void)::unlink((path + suffix).c_str());
    const auto flags = how == Publish::neverReplace ? RENAME_NOREPLACE : 0u;
    int failed = ::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), flags) == 0 ? 0 : errno;
    // The file system cannot rename without replacing: a hard link does not replace either.
    if (failed == EINVAL && flags) failed = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
    errno = failed;
    if (failed == EEXIST) return Error{Errc::io, path + " already exists; open it, or choose another name", 0};
    if (failed != 0) return ioError("create", path);
    const auto folder = std::filesystem::path(path).parent_path();
    const Fd dir(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (dir.fd >= 0) (void)::fsync(dir.fd);
    return ok();
}

std::int64_t thisProcess() { return ::getpid(); }

void removeTemporaries(const std::string& path) {
    namespace fs = std::filesystem;
    const fs::path whole(path);
    const std::string prefix = whole.filename().string() + kTemporaryMark;
    std::error_code error;
    for (const auto& entry :
         fs::directory_iterator(whole.has_parent_path() ? whole.parent_path() : fs::path("."), error)) {
        std::error_code ignored;
        if (entry.path().filename().string().starts_with(prefix)) fs::remove(entry.path(), ignored);
    }
}

FileIdentity identityOf(const std::string& path) {
    struct stat s {};
    return ::stat(path.c_str(), &s) == 0 ? FileIdentity{std::uint64_t(s.st_dev), std::uint64_t(s.st_ino)}
                                         : FileIdentity{};
}

Result<std::string> whyReadOnly(const std::string& path) {
    // Does not open the file: closing any descriptor of it drops the locks that SQLite has on it in this process.
    if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0) return std::string();
    const int code = errno;
    if (code != EACCES && code != EROFS && code != EPERM) return ioError("open", path);
    if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) return ioError("open", path);
    return std::string(code == EROFS ? "it is on a read-only medium" : "the file is write-protected");
}

std::uint64_t fileBytes(const std::string& path) {
    std::uint64_t bytes = 0;
    for (const char* suffix : {"", "-wal"}) {
        struct stat s {};
        if (::stat((path + suffix).c_str(), &s) == 0) bytes += std::uint64_t(s.st_size);
    }
    return bytes;
}

}  // namespace weir::store
