// Creating and opening projects: for writing, or read-only if they cannot be written.
#include "core/store/reading_place.h"
#include "core/store/schema.h"
#include "core/store/sqlite_project.h"

#include <atomic>
#include <filesystem>

namespace weir::store {
namespace {

namespace fs = std::filesystem;

/// Errors: badMagic, unsupported, store.
Result<int> versionAt(const DbAddress& at, const std::string& path) {
    auto db = Db::open(at);
    if (!db) return db.error();
    return versionOf(*db, path);
}

/// Gets the turn and migrates an older file, unless another program has just done so.
Status migrateInTurn(const std::string& path, const std::shared_ptr<ProjectLock>& lock,
                     std::chrono::milliseconds wait) {
    const auto turn = ProjectLock::takeTurn(lock, wait);
    if (!turn) return turn.error();
    const auto gate = ProjectLock::passGate(lock, ProjectLock::Passing::replacing);
    if (!gate) return gate.error();
    const auto version = versionAt({path, OpenMode::readWrite}, path);
    if (!version) return version.error();
    return *version < kSchemaVersion ? migrate(path, *version, migrations()) : ok();
}

/// Where to read the records of a file that cannot be written: a migrated private copy if it is older.
Result<SqliteProject::ReadOnly> placeOf(const std::string& path, const std::string& folder) {
    auto found = findReadingPlace(path, folder);
    if (!found) return found.error();
    SqliteProject::ReadOnly place;
    place.records = found->at;
    place.keep = std::move(found->keep);
    const auto version = versionAt(place.records, path);
    if (!version) return version.error();
    if (*version < kSchemaVersion) {
        auto copy = std::make_shared<TemporaryFile>(privatePath(path, folder));
        const auto old = Db::open(place.records);
        if (!old) return old.error();
        if (const Status s = migrateCopy(*old, copy->path(), *version, migrations()); !s) return s.error();
        place.records = {copy->path(), OpenMode::readOnly};
        place.keep = std::move(copy);
    }
    if (place.records.name == path && place.records.mode == OpenMode::readOnly) {
        auto watched = Db::open(place.records);
        if (!watched) return watched.error();
        place.watched.emplace(std::move(*watched));
    }
    return place;
}

/// A database in memory with the tables of the project that can change.
Result<Db> memoryOf(const SqliteProject::ReadOnly& place, DamageLog& damage) {
    const auto records = Db::open(place.records);
    if (!records) return records.error();
    auto memory = Db::open({place.memory, OpenMode::memory});
    if (!memory) return memory.error();
    if (const Status s = createSchema(*memory); !s) return s.error();
    if (const Status s = memory->attach(place.records, "other"); !s) return s.error();
    if (const Status s = copySmallTables(*records, *memory, "other", &damage); !s) return s.error();
    if (const Status s = memory->detach("other"); !s) return s.error();
    return memory;
}

std::string newMemoryName() {
    static std::atomic<unsigned> next{1};
    return "weir-" + std::to_string(next++);
}

}  // namespace

Status SqliteProject::connectReadOnly() {
    auto place = placeOf(path_, privateFolder_);
    if (!place) return place.error();
    place->reason = readOnly_.reason;
    place->memory = newMemoryName();
    auto memory = memoryOf(*place, *damage_);
    if (!memory) return memory.error();
    if (place->watched) {
        const auto seen = place->watched->number("PRAGMA data_version");
        if (!seen) return seen.error();
        seen_ = *seen;
    }
    db_ = std::move(*memory);
    readOnly_ = std::move(*place);
    identity_ = identityOf(path_);
    const std::lock_guard lock(poolMutex_);
    pool_ = std::make_shared<ReaderPool>(readOnly_.records, readOnly_.keep);
    return ok();
}

Result<std::unique_ptr<ProjectFile>> SqliteProject::openReadOnly(const std::string& path, std::string reason,
                                                                 const Opening& opening) {
    auto nothing = Db::open({newMemoryName(), OpenMode::memory});
    if (!nothing) return nothing.error();
    std::unique_ptr<SqliteProject> project(
        new SqliteProject(path, opening.wait, nullptr, std::move(*nothing), {path, OpenMode::readOnly}));
    project->readOnly_.reason = std::move(reason);
    project->privateFolder_ = opening.privateFolder;
    if (const Status s = project->connectReadOnly(); !s) return s.error();
    if (const Status s = project->checkLayout(); !s) return s.error();
    return std::unique_ptr<ProjectFile>(std::move(project));
}

Result<std::unique_ptr<ProjectFile>> SqliteProject::openWritable(const std::string& path,
                                                                 std::shared_ptr<ProjectLock> lock,
                                                                 const Opening& opening) {
    auto nothing = Db::open({newMemoryName(), OpenMode::memory});
    if (!nothing) return nothing.error();
    std::unique_ptr<SqliteProject> project(
        new SqliteProject(path, opening.wait, std::move(lock), std::move(*nothing), {path, OpenMode::readOnly}));
    auto connected = project->connect();
    if (connected && !*connected) {
        if (const Status s = migrateInTurn(path, project->lock_, opening.wait); !s) return s.error();
        connected = project->connect();
    }
    if (!connected) return connected.error();
    if (const Status s = project->checkLayout(); !s) return s.error();
    if (const auto sources = project->sources(); !sources) return sources.error();
    if (project->damage_->anyLoss()) {
        std::string reason = "it is damaged: " + project->damage_->list().front().text;
        project.reset();
        return openReadOnly(path, std::move(reason), opening);
    }
    project->tidy();
    return std::unique_ptr<ProjectFile>(std::move(project));
}

/// Removes what killed processes left. If another program has the turn now, the next opening does it.
void SqliteProject::tidy() {
    const auto turn = ProjectLock::takeTurn(lock_, std::chrono::milliseconds(0));
    if (!turn) return;
    removeTemporaries(path_);
    const std::lock_guard lock(mutex_);
    (void)enterLog(db_, path_);
    if (const Status s = purgeOrphans(); !s && s.error().code == kDamaged)
        (void)damage_->note({Loss::part, 0, "unfinished sources: " + s.error().detail});
}

Result<std::unique_ptr<ProjectFile>> ProjectFile::create(const std::string& path, const Opening& opening) {
    const auto exists = [&] {
        std::error_code ignored;
        return fs::exists(path, ignored);
    };
    const Error taken{Errc::exists, path + " already exists; open it, or choose another name", 0};
    if (exists()) return taken;
    auto lock = ProjectLock::open(path);
    if (!lock) return Error{lock.error().code, "cannot create " + path + ": " + lock.error().detail, 0};
    auto turn = ProjectLock::takeTurn(*lock, opening.wait);
    if (!turn) return turn.error();
    if (exists()) return taken;
    removeTemporaries(path);
    TemporaryFile file(temporaryName(path));
    auto db = Db::open(file.path(), OpenMode::create);
    if (!db) return Error{Errc::io, "cannot create " + path + ": " + db.error().detail, 0};
    if (const Status s = createSchema(*db); !s) return s.error();
    if (opening.forEditing)
        if (const std::string holder = (*lock)->takeEditing(); !holder.empty())
            return Error{Errc::busy, path + " is being created in another window (" + holder + ")", 0};
    std::unique_ptr<SqliteProject> project(
        new SqliteProject(path, opening.wait, *lock, std::move(*db), {file.path(), OpenMode::readOnly}));
    project->turn_.emplace(std::move(*turn));
    project->unpublished_.emplace(std::move(file));
    return std::unique_ptr<ProjectFile>(std::move(project));
}

namespace {

Result<std::unique_ptr<ProjectFile>> openProject(const std::string& path, const Opening& opening) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return Error{Errc::notFound, "no project file " + path, 0};
    auto reason = opening.readOnlyReason.empty() ? whyReadOnly(path) : Result<std::string>(opening.readOnlyReason);
    if (!reason) return reason.error();
    if (!reason->empty()) return SqliteProject::openReadOnly(path, std::move(*reason), opening);
    auto lock = ProjectLock::open(path);
    if (!lock) return SqliteProject::openReadOnly(path, lock.error().detail, opening);
    if (opening.forEditing)
        if (const std::string holder = (*lock)->takeEditing(); !holder.empty())
            return SqliteProject::openReadOnly(path, "it is open in another window (" + holder + ")", opening);
    return SqliteProject::openWritable(path, std::move(*lock), opening);
}

}  // namespace

Result<std::unique_ptr<ProjectFile>> ProjectFile::open(const std::string& path, const Opening& opening) {
    auto file = openProject(path, opening);
    if (file || file.error().code != kDamaged || file.error().detail.starts_with(path)) return file;
    return Error{kDamaged, path + ": damaged: " + file.error().detail, 0};
}

}  // namespace weir::store
