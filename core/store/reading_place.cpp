// Private copies, and removing those that dead processes left.
#include "core/store/reading_place.h"

#include "core/store/project_file.h"
#include "core/store/project_lock.h"
#include "core/store/sqlite_db.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace weir::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReading = "reading-";  ///< names of private copies begin with it; the process id follows

/// A copy of the file and of its write-ahead log, which has the latest changes.
Result<std::shared_ptr<TemporaryFile>> copyWithLog(const std::string& path, const std::string& folder) {
    auto copy = std::make_shared<TemporaryFile>(privatePath(path, folder));
    for (const char* suffix : {"", "-wal"}) {
        std::error_code error;
        if (*suffix && !fs::exists(path + suffix, error)) continue;
        fs::copy_file(path + suffix, copy->path() + suffix, error);
        if (!error) fs::permissions(copy->path() + suffix, fs::perms::owner_read | fs::perms::owner_write, error);
        if (error)
            return Error{Errc::io, "cannot copy " + path + " to " + copy->path() + " for reading: " + error.message(),
                         0};
    }
    return copy;
}

bool canBeRead(const DbAddress& at) {
    auto db = Db::open(at);
    return db && db->number("SELECT count(*) FROM sqlite_master");
}

/// At its end, after the last reading connection, removes the files that SQLite created beside the project: it opens a
/// connection that could write and closes it as the last one, which makes SQLite remove them.
class Tidy {
public:
    explicit Tidy(std::string path) : path_(std::move(path)), file_(identityOf(path_)) {}
    Tidy(const Tidy&) = delete;
    Tidy& operator=(const Tidy&) = delete;
    ~Tidy() {
        // Another project may have that name by now, with a log of its own.
        if (identityOf(path_ + "-shm") == FileIdentity{} || identityOf(path_) != file_) return;
        if (auto db = Db::open(path_, OpenMode::readWrite))
            (void)db->exec("PRAGMA query_only = ON; PRAGMA schema_version");
    }

private:
    const std::string path_;
    const FileIdentity file_;
};

}  // namespace

std::string privatePath(const std::string& path, const std::string& folder) {
    std::error_code ignored;
    const fs::path where = folder.empty() ? fs::temp_directory_path(ignored) : fs::path(folder);
    static std::atomic<unsigned> next{1};
    const std::string name = std::string(kReading) + std::to_string(thisProcess()) + "-" + std::to_string(next++) +
                             "-" + fs::path(path).filename().string();
    return (where / name).string();
}

std::shared_ptr<void> tidyAfterReading(const std::string& path) {
    const auto reason = whyReadOnly(path);
    return reason && reason->empty() ? std::make_shared<Tidy>(path) : nullptr;
}

Result<ReadingPlace> findReadingPlace(const std::string& path, const std::string& folder) {
    ReadingPlace place;
    place.at.name = path;
    place.keep = tidyAfterReading(path);
    if (canBeRead(place.at)) return Result<ReadingPlace>(std::move(place));
    // Without the right to write, SQLite cannot read a log that nobody has open, nor a file that could have one.
    std::error_code missing;
    const auto log = fs::file_size(path + "-wal", missing);
    if (missing || log == 0) {
        place.at.mode = OpenMode::unchanging;
        return Result<ReadingPlace>(std::move(place));
    }
    auto copy = copyWithLog(path, folder);
    if (!copy) return copy.error();
    place.at.name = (*copy)->path();
    place.keep = std::move(*copy);
    if (auto db = Db::open(place.at.name, OpenMode::readWrite))
        (void)db->exec("PRAGMA wal_checkpoint(TRUNCATE)");  // the log goes into the copy
    return Result<ReadingPlace>(std::move(place));
}

void removeAbandoned(const std::string& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (const auto mark = name.find(kTemporaryMark); mark != std::string::npos) {
            const std::string path = (fs::path(folder) / name.substr(0, mark)).string();
            const auto lock = ProjectLock::open(path);
            if (!lock) continue;
            if (const auto turn = ProjectLock::takeTurn(*lock, std::chrono::milliseconds(0)); turn)
                removeTemporaries(path);
        } else if (name.starts_with(kReading)) {
            std::error_code ignored;
            if (const long process = std::strtol(name.c_str() + std::strlen(kReading), nullptr, 10);
                process > 0 && !fs::exists("/proc/" + std::to_string(process), ignored))
                fs::remove(entry.path(), ignored);
        }
    }
}

}  // namespace weir::store
