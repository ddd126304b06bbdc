// Turns, transactions, states of sources, and following what other programs write.
#include "core/store/sqlite_project.h"

#include "core/store/reading_place.h"
#include "core/store/saved_sources.h"
#include "core/store/schema.h"

#include <filesystem>

namespace weir::store {
namespace {

constexpr const char* kPragmas = "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA foreign_keys = OFF;";
constexpr const char* kFreshPragmas =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192;";

Status inTransaction(Db& db, const std::function<Status(Db&)>& change) {
    auto frame = Transaction::begin(db);
    if (!frame) return frame.error();
    if (const Status s = change(db); !s) return s;
    return frame->commit();
}

}  // namespace

/// A process killed while it switched from the write-ahead log may leave an empty rollback journal, which is not used
/// in WAL mode.
Status enterLog(Db& db, const std::string& path) {
    auto mode = db.prepare("PRAGMA journal_mode = WAL");
    if (!mode) return mode.error();
    const auto row = mode->step();
    if (!row) return row.error();
    std::error_code ignored;
    if (*row && mode->textAt(0) == "wal") std::filesystem::remove(path + "-journal", ignored);
    return ok();
}

const int SqliteProject::kVersion = kSchemaVersion;

SqliteProject::SqliteProject(std::string path, std::chrono::milliseconds wait, std::shared_ptr<ProjectLock> lock, Db db,
                             DbAddress reading)
    : path_(std::move(path)), wait_(wait), damage_(std::make_shared<DamageLog>(path_)), lock_(std::move(lock)),
      db_(std::move(db)), pool_(std::make_shared<ReaderPool>(std::move(reading))) {}

SqliteProject::~SqliteProject() {
    const std::lock_guard lock(mutex_);
    if (readOnly()) return;
    if (unpublished_) {
        if (!discarded_ && beginFresh()) (void)adoptFresh();
    }
    if (!unpublished_) closeFile();
}

void SqliteProject::closeFile() {
    // Removed sources can no longer be restored. If another program has the turn now, the next writer deletes them.
    for (const std::uint32_t number : claimed_) lock_->release(number);
    claimed_.clear();
    {
        const std::lock_guard lock(poolMutex_);
        pool_.reset();
    }
    db_.setBusyTimeout(0);
    if (auto turn = ProjectLock::takeTurn(lock_, std::chrono::milliseconds(0)); turn && identityOf(path_) == identity_)
        (void)purgeOrphans();
    // The last connection removes the log by name, which is right only if the open file still has this name.
    const auto gate = ProjectLock::passGate(lock_, ProjectLock::Passing::opening);
    const bool same = gate && identityOf(path_) == identity_;
    db_.keepLogAtClose(!same);
    if (same) (void)db_.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const Db closing = std::move(db_);
}

std::shared_ptr<ReaderPool> SqliteProject::pool() const {
    const std::lock_guard lock(poolMutex_);
    return pool_;
}

Status SqliteProject::read(const std::function<Status(const Db&)>& look) const {
    if (readOnly()) {
        const std::lock_guard lock(mutex_);
        return look(db_);
    }
    auto lease = pool()->lend();
    if (!lease) return lease.error();
    return look((*lease)->db);
}

Result<bool> SqliteProject::connect() {
    const auto gate = ProjectLock::passGate(lock_, ProjectLock::Passing::opening);
    if (!gate) return gate.error();
    auto db = Db::open(path_, OpenMode::readWrite);
    if (!db) return db.error();
    const auto version = versionOf(*db, path_);
    if (!version) return version.error();
    if (*version < kVersion) return false;
    if (const Status s = db->exec(kPragmas); !s) return s.error();
    db->keepLogAtClose(true);
    const auto seen = db->number("PRAGMA data_version");
    if (!seen) return seen.error();
    db_ = std::move(*db);
    identity_ = identityOf(path_);
    seen_ = *seen;
    const std::lock_guard lock(poolMutex_);
    pool_ = std::make_shared<ReaderPool>(DbAddress{path_, OpenMode::readOnly},
                                         tidyAfterReading(path_));  // snapshots may outlive this
    return true;
}

Status SqliteProject::followReplacement() {
    const FileIdentity now = identityOf(path_);
    if (now == identity_) return ok();
    if (now == FileIdentity{}) return Error{Errc::io, path_ + " was moved or deleted; Save As writes a copy", 0};
    return mustConnect();
}

Status SqliteProject::mustConnect() {
    const auto connected = connect();
    if (!connected) return connected.error();
    return *connected ? ok()
                      : Status(Error{Errc::unsupported,
                                     path_ + " was replaced by a project of an older version; open it again", 0});
}

Status SqliteProject::takeTurn() {
    if (turn_) return ok();
    auto turn = ProjectLock::takeTurn(lock_, wait_);
    if (!turn) return turn.error();
    turn_.emplace(std::move(*turn));
    Status ready = followReplacement();
    if (ready) ready = enterLog(db_, path_);
    if (!ready) turn_.reset();
    return ready;
}

Status SqliteProject::editUnpublished(const std::function<Status(Db&)>& change) {
    if (fresh_)
        if (const Status s = inTransaction(fresh_->db, change); !s) return s;
    return inTransaction(db_, change);
}

Status SqliteProject::edit(const std::function<Status(Db&)>& change) {
    const std::lock_guard lock(mutex_);
    if (readOnly()) {
        changed_ = true;
        return inTransaction(db_, change);
    }
    if (damage_->anyLoss())
        return Error{Errc::readOnly,
                     "the project is damaged and can no longer be changed (" + damage_->list().front().text +
                         "); Save As writes a copy without the damaged sources",
                     0};
    if (unpublished_) return editUnpublished(change);
    if (const Status s = takeTurn(); !s) return s;
    Status done = ok();
    if (db_.inTransaction())
        done = db_.exec("COMMIT");  // the rows of an import so far; it continues with a new transaction
    if (done) done = db_.exec("PRAGMA synchronous = FULL");
    if (done) done = inTransaction(db_, change);
    turn_.reset();
    return done;
}

bool SqliteProject::hasUnsavedChanges() const {
    const std::lock_guard lock(mutex_);
    return readOnly() && changed_;
}

Result<bool> SqliteProject::refresh() {
    const std::lock_guard lock(mutex_);
    if (unpublished_ || (readOnly() && (changed_ || !readOnly_.watched))) return false;
    if (readOnly() && identityOf(path_) != identity_)
        return connectReadOnly() ? Result<bool>(true) : Result<bool>(false);
    if (!readOnly())
        if (const FileIdentity before = identity_; true) {
            if (const Status s = followReplacement(); !s) return s.error();
            if (identity_ != before) return true;
        }
    const auto now = (readOnly() ? *readOnly_.watched : db_).number("PRAGMA data_version");
    if (!now) return now.error();
    if (*now == seen_) return false;
    seen_ = *now;
    if (readOnly())
        if (const Status s = connectReadOnly(); !s) return s.error();
    return true;
}

Status SqliteProject::purgeOrphans() {
    if (damage_->anyLoss()) return ok();
    auto select = db_.prepare("SELECT number FROM source WHERE state IN ('importing', 'removed')");
    if (!select) return select.error();
    std::vector<std::uint32_t> orphans;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        const std::int64_t number = select->intAt(0);
        if (number < 1 || number > std::int64_t(kMaxSource)) return Error{kDamaged, "a row has an impossible value", 0};
        if (!claimed_.contains(std::uint32_t(number)) && !lock_->isClaimed(std::uint32_t(number)))
            orphans.push_back(std::uint32_t(number));
    }
    if (orphans.empty()) return ok();
    for (const std::uint32_t number : orphans)
        if (const Status s = purgeSource(db_, number); !s) return s;
    return db_.exec("PRAGMA incremental_vacuum");
}

Status SqliteProject::dropUnfinished() {
    const std::lock_guard lock(mutex_);
    if (unpublished_ || readOnly()) return ok();
    if (const Status s = takeTurn(); !s) return s;
    const Status done = purgeOrphans();
    if (!importing_) turn_.reset();
    return done;
}

Result<std::uint32_t> SqliteProject::newSource(Db& db) {
    const auto last = db.number(
        "SELECT max(ifnull((SELECT value FROM counter WHERE name = 'last_source'), 0), ifnull((SELECT max(number) FROM "
        "source), 0))");
    if (!last) return last.error();
    if (*last < 0 || *last >= std::int64_t(kMaxSource))
        return Error{Errc::unsupported, "the project has no source numbers left; import into a new project", 0};
    const auto number = std::uint32_t(*last + 1);
    // Claim the number before others can see the row: they delete unclaimed ones.
    if (const Status s = lock_->claim(number); !s) return s.error();
    claimed_.insert(number);
    auto row = db.prepare("INSERT INTO source(number, state, owner) VALUES(?, 'importing', ?)");
    if (!row) return row.error();
    if (const Status s = row->bind(1, std::int64_t(number)).bind(2, thisProcess()).run(); !s) return s.error();
    return number;
}

Status SqliteProject::beginFresh() {
    TemporaryFile file(temporaryName(path_));
    auto db = Db::open(file.path(), OpenMode::create);
    if (!db) return db.error();
    if (const Status s = db_.copyInto(*db, [](int, int) { return true; }); !s) return s;
    if (const Status s = db->exec(kFreshPragmas); !s) return s;
    auto behind = std::make_unique<WriteBehind>(file.path());
    fresh_.emplace(Unpublished{std::move(file), std::move(behind), std::move(*db)});
    return ok();
}

Status SqliteProject::adoptFresh() {
    Unpublished fresh = std::move(*fresh_);
    fresh_.reset();
    const std::string temporary = fresh.file.path();
    { const Db closing = std::move(fresh.db); }
    if (const Status s = fresh.behind->finish(); !s) return s;
    if (const Status s = publishFile(temporary, path_, Publish::neverReplace); !s) return s;
    const Status connected = mustConnect();
    unpublished_.reset();
    turn_.reset();
    return connected;
}

Status SqliteProject::publish() {
    const std::lock_guard lock(mutex_);
    if (!unpublished_ || fresh_) return ok();  // a running import publishes the file at its end
    if (const Status s = beginFresh(); !s) return s;
    return adoptFresh();
}

void SqliteProject::discard() {
    const std::lock_guard lock(mutex_);
    discarded_ = true;
}

void SqliteProject::removeWhenRead() { pool()->removeFileAtEnd(); }

Status SqliteProject::setState(std::uint32_t number, const char* from, const char* to) {
    return edit([&](Db& db) -> Status {
        auto update = db.prepare("UPDATE source SET state = ?, owner = ? WHERE number = ? AND state = ?");
        if (!update) return update.error();
        update->bind(1, std::string_view(to))
            .bind(2, thisProcess())
            .bind(3, std::int64_t(number))
            .bind(4, std::string_view(from));
        if (const Status s = update->run(); !s) return s;
        if (db.changes() == 0)
            return Error{Errc::notFound, "no source " + std::to_string(number) + " in state " + from, 0};
        return ok();
    });
}

Status SqliteProject::removeSource(std::uint32_t number) {
    {
        const std::lock_guard lock(mutex_);
        if (lock_)
            if (const Status s = lock_->claim(number); !s) return s;
        claimed_.insert(number);
    }
    Status done = setState(number, "complete", "removed");
    if (!done) {
        const std::lock_guard lock(mutex_);
        claimed_.erase(number);
        if (lock_) lock_->release(number);
    }
    return done;
}

Status SqliteProject::restoreRemovedSource(std::uint32_t number) {
    if (const Status s = setState(number, "removed", "complete"); !s) return s;
    const std::lock_guard lock(mutex_);
    claimed_.erase(number);
    if (lock_) lock_->release(number);
    return ok();
}

Result<std::vector<SourceInfo>> SqliteProject::sources() const {
    Result<std::vector<SourceInfo>> out = std::vector<SourceInfo>();
    const Status looked = read([&](const Db& db) -> Status {
        out = readSources(db, *damage_);
        return out ? ok() : Status(out.error());
    });
    if (!looked) return looked.error();
    std::erase_if(*out, [this](const SourceInfo& s) { return damage_->leavesOut(s.number); });
    return out;
}

Status SqliteProject::setSourceHash(std::uint32_t number, const std::string& sha256) {
    return edit([&](Db& db) -> Status {
        auto update = db.prepare("UPDATE source SET sha256 = ? WHERE number = ?");
        if (!update) return update.error();
        return update->bind(1, sha256).bind(2, std::int64_t(number)).run();
    });
}

/// Fails if a vital table is damaged; damage to others is noted.
Status SqliteProject::checkLayout() {
    const auto lease = pool()->lend();
    if (!lease) return lease.error();
    const auto faults = layoutFaults((*lease)->db, false);
    if (!faults && faults.error().code == kDamaged)
        return Error{kDamaged, path_ + ": damaged: " + faults.error().detail, 0};
    if (!faults) return faults.error();
    for (const LayoutFault& f : *faults) {
        const Error error = damage_->note({Loss::part, 0, "table " + f.table + ": " + f.what});
        if (isVitalTable(f.table)) return error;
    }
    return ok();
}

Result<std::shared_ptr<const flow::ChunkSource>> SqliteProject::records(unsigned threads) const {
    auto snapshot = openRecords(threads);
    if (!snapshot) return snapshot.error();
    return std::shared_ptr<const flow::ChunkSource>(std::move(*snapshot));
}

Status SqliteProject::checkSources(JobContext& job) const {
    const auto snapshot = openRecords(job.threads());
    return snapshot ? (*snapshot)->check(nullptr, job) : Status(snapshot.error());
}

Result<std::shared_ptr<const RecordSnapshot>> SqliteProject::openRecords(unsigned threads) const {
    const auto pool = this->pool();
    const auto present = sources();
    if (!present) return present.error();
    std::vector<RecordSnapshot::Source> wanted;
    for (const SourceInfo& s : *present) wanted.push_back({s.number, s.flows});
    return RecordSnapshot::open(pool, wanted, threads, damage_);
}

}  // namespace weir::store
