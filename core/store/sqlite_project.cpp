// Opening, states of sources, values, copies.
#include "core/store/sqlite_project.h"

#include "core/store/record_snapshot.h"
#include "core/store/schema.h"

#include <filesystem>
#include <map>

namespace weir::store {
namespace {

constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA foreign_keys = OFF;";
constexpr const char* kFreshPragmas =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192;";

SourceInfo sourceOf(const Stmt& row) {
    SourceInfo s;
    s.number = std::uint32_t(row.intAt(0));
    s.path = row.textAt(1);
    s.kind = row.textAt(2);
    s.sha256 = row.textAt(3);
    s.flows = std::uint64_t(row.intAt(4));
    s.packets = std::uint64_t(row.intAt(5));
    s.bytes = std::uint64_t(row.intAt(6));
    s.first = row.intAt(7);
    s.last = row.intAt(8);
    s.fileBytes = std::uint64_t(row.intAt(9));
    s.packetsSeen = std::uint64_t(row.intAt(10));
    s.seconds = row.realAt(11);
    s.importedAt = row.textAt(12);
    s.settings = row.textAt(13);
    s.group = row.textAt(14);
    return s;
}

Status readExporters(const Db& db, std::vector<SourceInfo>& sources) {
    std::map<std::uint32_t, SourceInfo*> byNumber;
    for (SourceInfo& s : sources) byNumber[s.number] = &s;
    auto rows = db.prepare("SELECT source, address, domain, version, datagrams, records, lost, gaps, sampling FROM exporter ORDER BY source, number");
    if (!rows) return rows.error();
    for (;;) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto of = byNumber.find(std::uint32_t(rows->intAt(0)));
        if (of == byNumber.end()) continue;
        flow::Exporter& e = of->second->exporters.emplace_back();
        e.address = flow::parseAddress(rows->textAt(1)).value_or(flow::IpAddr{});
        e.domain = std::uint32_t(rows->intAt(2));
        e.version = std::uint16_t(rows->intAt(3));
        e.datagrams = std::uint64_t(rows->intAt(4));
        e.records = std::uint64_t(rows->intAt(5));
        e.lost = std::uint64_t(rows->intAt(6));
        e.gaps = std::uint64_t(rows->intAt(7));
        e.samplingInterval = std::uint32_t(rows->intAt(8));
    }
    auto names = db.prepare("SELECT source, exporter, number, name FROM exporter_interface ORDER BY source, exporter, number");
    if (!names) return names.error();
    for (;;) {
        const auto row = names->step();
        if (!row) return row.error();
        if (!*row) return ok();
        const auto of = byNumber.find(std::uint32_t(names->intAt(0)));
        const auto exporter = std::size_t(names->intAt(1));
        if (of == byNumber.end() || exporter == 0 || exporter > of->second->exporters.size()) continue;
        of->second->exporters[exporter - 1].interfaces.push_back({std::uint32_t(names->intAt(2)), std::string(names->textAt(3))});
    }
}

Result<std::vector<SourceInfo>> readSources(const Db& db) {
    auto select = db.prepare(
        "SELECT number, path, kind, sha256, flows, packets, bytes, first_us, last_us, file_bytes, packets_seen, seconds, imported_at, "
        "settings, folder FROM source WHERE state = 'complete' ORDER BY number");
    if (!select) return select.error();
    auto drops = db.prepare("SELECT reason, count, first_offset, damage FROM source_drop WHERE source = ? ORDER BY reason");
    if (!drops) return drops.error();
    std::vector<SourceInfo> out;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        SourceInfo& s = out.emplace_back(sourceOf(*select));
        drops->bind(1, std::int64_t(s.number));
        for (;;) {
            const auto line = drops->step();
            if (!line) return line.error();
            if (!*line) break;
            s.drops.push_back({drops->textAt(0), std::uint64_t(drops->intAt(1)), std::uint64_t(drops->intAt(2)), drops->intAt(3) != 0});
        }
    }
    if (const Status s = readExporters(db, out); !s) return s.error();
    return out;
}

/// A process that was killed while it left the write-ahead log may leave an empty rollback journal, which nobody uses in WAL mode.
Status dropStaleJournal(Db& db, const std::string& path) {
    auto mode = db.prepare("PRAGMA journal_mode");
    if (!mode) return mode.error();
    const auto row = mode->step();
    if (!row) return row.error();
    std::error_code ignored;
    if (*row && mode->textAt(0) == "wal") std::filesystem::remove(path + "-journal", ignored);
    return ok();
}

Result<std::vector<std::uint32_t>> orphansOf(const Db& db) {
    auto select = db.prepare("SELECT number, owner FROM source WHERE state <> 'complete'");
    if (!select) return select.error();
    std::vector<std::uint32_t> out;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return out;
        if (!processIsAlive(select->intAt(1))) out.push_back(std::uint32_t(select->intAt(0)));
    }
}

}  // namespace

Result<std::unique_ptr<ProjectFile>> ProjectFile::create(const std::string& path) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) return Error{Errc::io, path + " exists already; open it, or choose another name", 0};
    removeStaleTemporaries(path);
    const TemporaryFile guard(temporaryName(path));
    {
        auto db = Db::open(guard.path(), OpenMode::create);
        if (!db) return Error{Errc::io, "cannot make " + path + ": the folder is missing or not writable", 0};
        if (const Status s = createSchema(*db); !s) return s.error();
    }
    if (const Status s = publishFile(guard.path(), path); !s) return s.error();
    return SqliteProject::openAt(path, kSchemaVersion);
}

Result<std::unique_ptr<ProjectFile>> ProjectFile::open(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return Error{Errc::io, "no project file " + path, 0};
    removeStaleTemporaries(path);
    int version = 0;
    {
        auto db = Db::open(path, OpenMode::readWrite);
        if (!db) return db.error();
        const auto found = versionOf(*db, path);
        if (!found) return found.error();
        version = *found;
    }
    if (version < kSchemaVersion)
        if (const Status s = migrate(path, version, migrations()); !s) return s.error();
    return SqliteProject::openAt(path, kSchemaVersion);
}

SqliteProject::SqliteProject(std::string path, int version, Db db)
    : path_(std::move(path)), version_(version), db_(std::move(db)), pool_(std::make_shared<ReaderPool>(path_)) {}

Result<std::unique_ptr<ProjectFile>> SqliteProject::openAt(const std::string& path, int version) {
    auto db = Db::open(path, OpenMode::readWrite);
    if (!db) return db.error();
    if (const Status s = db->exec(kWriterPragmas); !s) return s.error();
    if (const Status s = dropStaleJournal(*db, path); !s) return s.error();
    std::unique_ptr<SqliteProject> project(new SqliteProject(path, version, std::move(*db)));
    if (const Status s = project->purgeOrphans(); !s) return s.error();
    return std::unique_ptr<ProjectFile>(std::move(project));
}

SqliteProject::~SqliteProject() {
    const std::lock_guard lock(mutex_);
    // What was removed can no longer be taken back.
    (void)db_.exec("UPDATE source SET owner = 0 WHERE state = 'removed' AND owner = " + std::to_string(thisProcess()));
    (void)purgeOrphans();
    // Snapshots may outlive this and keep the log's file; what is in it goes to the database now if nobody minds.
    db_.setBusyTimeout(0);
    (void)db_.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

Status SqliteProject::purgeOrphans() {
    const auto orphans = orphansOf(db_);
    if (!orphans) return orphans.error();
    if (orphans->empty()) return ok();
    for (const std::uint32_t number : *orphans)
        if (const Status s = purgeSource(db_, number); !s) return s;
    return db_.exec("PRAGMA incremental_vacuum");
}

Status SqliteProject::dropUnfinished() {
    const std::lock_guard lock(mutex_);
    return purgeOrphans();
}

std::uint64_t SqliteProject::bytesOnDisk() const { return fileBytes(path_); }

Result<std::vector<SourceInfo>> SqliteProject::sources() const {
    const std::lock_guard lock(mutex_);
    return readSources(db_);
}

Status SqliteProject::edit(const std::function<Status(Db&)>& change) {
    const std::lock_guard lock(mutex_);
    if (fresh_)
        if (const Status s = change(fresh_->db); !s) return s;
    return change(db_);
}

Result<std::unique_ptr<SourceWriter>> SqliteProject::beginSource() {
    {
        const std::lock_guard lock(mutex_);
        if (importing_) return Error{Errc::usage, "another import into " + path_ + " is running", 0};
        if (const Status s = purgeOrphans(); !s) return s.error();
        const auto present = db_.number("SELECT count(*) FROM source");
        if (!present) return present.error();
        if (*present == 0)
            if (const Status s = beginFresh(); !s) return s.error();
        if (!fresh_)
            if (const Status s = db_.exec("PRAGMA synchronous = NORMAL"); !s) return s.error();
        importing_ = true;
    }
    auto writer = makeSourceWriter(*this);
    if (!writer) {
        const std::lock_guard lock(mutex_);
        fresh_.reset();
        importing_ = false;
    }
    return writer;
}

Status SqliteProject::beginFresh() {
    // Leaving WAL needs the file for ourselves: where another program has it open, the source is added the ordinary way.
    db_.setBusyTimeout(0);
    const Status alone = db_.exec("PRAGMA journal_mode = DELETE");
    db_.setBusyTimeout(5000);
    auto mode = db_.prepare("PRAGMA journal_mode");
    if (!mode) return mode.error();
    const auto row = mode->step();
    if (!row) return row.error();
    if (!alone || mode->textAt(0) != "delete") return ok();
    mode->reset();

    TemporaryFile file(temporaryName(path_));
    auto db = Db::open(file.path(), OpenMode::create);
    if (!db) return db.error();
    if (const Status s = db_.copyInto(*db, [](int, int) { return true; }); !s) return s;
    if (const Status s = db->exec(kFreshPragmas); !s) return s;
    auto behind = std::make_unique<WriteBehind>(file.path());
    fresh_.emplace(FreshBuild{std::move(file), std::move(behind), std::move(*db)});
    return ok();
}

Status SqliteProject::adoptFresh() {
    FreshBuild fresh = std::move(*fresh_);
    fresh_.reset();
    // The exclusive lock keeps others out of the old file until the new one has its name.
    if (const Status s = db_.exec("BEGIN EXCLUSIVE"); !s) return s;
    const std::string temporary = fresh.file.path();
    { const Db closing = std::move(fresh.db); }
    if (const Status s = fresh.behind->finish(); !s) return s;
    if (const Status s = publishFile(temporary, path_); !s) return s;
    auto db = Db::open(path_, OpenMode::readWrite);
    if (!db) return db.error();
    db_ = std::move(*db);
    pool_ = std::make_shared<ReaderPool>(path_);
    return db_.exec(kWriterPragmas);
}

void SqliteProject::abandon(std::uint32_t number) {
    if (fresh_) {
        fresh_.reset();
    } else {
        // The open transaction may hold values that others set meanwhile: they stay.
        if (db_.inTransaction() && !db_.exec("COMMIT")) (void)db_.exec("ROLLBACK");
        // An orphan now; its chunks go when somebody has the time (dropUnfinished), with the next import, or when the project closes or opens.
        (void)db_.exec("UPDATE source SET owner = 0 WHERE number = " + std::to_string(number));
    }
    (void)db_.exec(kWriterPragmas);
}

Status SqliteProject::setSourceHash(std::uint32_t number, const std::string& sha256) {
    return edit([&](Db& db) -> Status {
        auto update = db.prepare("UPDATE source SET sha256 = ? WHERE number = ?");
        if (!update) return update.error();
        return update->bind(1, sha256).bind(2, std::int64_t(number)).run();
    });
}

Status SqliteProject::setState(std::uint32_t number, const char* from, const char* to) {
    return edit([&](Db& db) -> Status {
        auto update = db.prepare("UPDATE source SET state = ?, owner = ? WHERE number = ? AND state = ?");
        if (!update) return update.error();
        update->bind(1, std::string_view(to)).bind(2, thisProcess()).bind(3, std::int64_t(number)).bind(4, std::string_view(from));
        if (const Status s = update->run(); !s) return s;
        if (db.changes() == 0) return Error{Errc::notFound, "no source " + std::to_string(number) + " that is " + from, 0};
        return ok();
    });
}

Status SqliteProject::removeSource(std::uint32_t number) { return setState(number, "complete", "removed"); }
Status SqliteProject::restoreRemovedSource(std::uint32_t number) { return setState(number, "removed", "complete"); }

Result<std::shared_ptr<const flow::ChunkSource>> SqliteProject::records(unsigned threads) const {
    std::vector<RecordSnapshot::Source> wanted;
    std::shared_ptr<ReaderPool> pool;
    {
        const std::lock_guard lock(mutex_);
        const auto present = readSources(db_);
        if (!present) return present.error();
        for (const SourceInfo& s : *present) wanted.push_back({s.number, s.flows});
        pool = pool_;
    }
    return RecordSnapshot::open(std::move(pool), wanted, threads);
}

Status SqliteProject::setValue(const std::string& key, const std::string& value) {
    return edit([&](Db& db) -> Status {
        auto insert = db.prepare("INSERT OR REPLACE INTO value VALUES(?, ?)");
        if (!insert) return insert.error();
        return insert->bind(1, key).bind(2, value).run();
    });
}

Result<std::optional<std::string>> SqliteProject::value(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    auto select = db_.prepare("SELECT value FROM value WHERE key = ?");
    if (!select) return select.error();
    const auto row = select->bind(1, key).step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::string>();
    return std::optional<std::string>(select->textAt(0));
}

Status SqliteProject::saveTable(const flow::Table& table) {
    return edit([&](Db& db) { return writeTable(db, table); });
}

Result<std::optional<flow::Table>> SqliteProject::loadTable(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    return readTable(db_, name);
}

Status SqliteProject::copyTo(const std::string& path, JobContext& job) const {
    const TemporaryFile guard(temporaryName(path));
    {
        auto from = Db::open(path_, OpenMode::readOnly);
        if (!from) return from.error();
        // One read transaction: the copy is of one moment, whatever is written meanwhile.
        if (const Status s = from->exec("BEGIN; SELECT count(*) FROM source"); !s) return s;
        auto to = Db::open(guard.path(), OpenMode::create);
        if (!to) return Error{Errc::io, "cannot make " + path + ": the folder is missing or not writable", 0};
        if (const Status s = to->exec("PRAGMA synchronous = OFF"); !s) return s;
        const auto step = [&](int done, int total) {
            return job.step(std::uint64_t(done) * 16384, std::uint64_t(total) * 16384, "Copying the project", "bytes");
        };
        if (const Status s = from->copyInto(*to, step); !s) return s;
        if (const Status s = to->exec("PRAGMA journal_mode = OFF; UPDATE source SET owner = 0 WHERE state <> 'complete'"); !s) return s;
        const auto unfinished = orphansOf(*to);
        if (!unfinished) return unfinished.error();
        for (const std::uint32_t number : *unfinished)
            if (const Status s = purgeSource(*to, number); !s) return s;
    }
    return publishFile(guard.path(), path);
}

}  // namespace weir::store
