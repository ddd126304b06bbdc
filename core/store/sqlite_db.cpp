// The SQLite calls of Db, Stmt, Backup and Transaction.
#include "core/store/sqlite_db.h"

#include <sqlite3.h>
#include <limits>

namespace weir::store {
namespace {

Error errorOf(sqlite3* db, std::string_view doing) {
    const int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;
    std::string text(doing);
    text += ": ";
    text += db ? sqlite3_errmsg(db) : "out of memory";
    if (code == SQLITE_FULL) text += "; free some space and try again";
    if (code == SQLITE_BUSY) text += "; another program is writing to the project";
    const int kind = code & 0xff;
    return {kind == SQLITE_NOTADB    ? Errc::badMagic
            : kind == SQLITE_CORRUPT ? kDamaged
                                     : Errc::store,
            std::move(text), 0};
}

struct Limit {
    int id, value;
};
/// Far above what our own statements need. The size of the file limits the length of a value.
constexpr Limit kLimits[] = {{SQLITE_LIMIT_SQL_LENGTH, 1 << 20}, {SQLITE_LIMIT_COLUMN, 200},
                             {SQLITE_LIMIT_EXPR_DEPTH, 100},     {SQLITE_LIMIT_COMPOUND_SELECT, 50},
                             {SQLITE_LIMIT_VDBE_OP, 100'000},    {SQLITE_LIMIT_VARIABLE_NUMBER, 200},
                             {SQLITE_LIMIT_TRIGGER_DEPTH, 1},    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
                             {SQLITE_LIMIT_WORKER_THREADS, 0}};

struct Switch {
    int id, value;
};
constexpr Switch kSwitches[] = {{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},  {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                {SQLITE_DBCONFIG_ENABLE_VIEW, 0},     {SQLITE_DBCONFIG_ENABLE_FKEY, 0},
                                {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};

/// Switches SQLite's defences on; to be called before the first statement. `create`: a file that only we have written,
/// which may do without a journal; the defensive mode forbids that.
void distrust(sqlite3* db, bool create) {
    for (const Limit& limit : kLimits) sqlite3_limit(db, limit.id, limit.value);
    for (const Switch& s : kSwitches) sqlite3_db_config(db, s.id, s.value, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, create ? 0 : 1, nullptr);
    (void)sqlite3_exec(db, "PRAGMA cell_size_check = ON", nullptr, nullptr, nullptr);
}

/// A path as part of a URI.
std::string escaped(const std::string& path) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                           c == '.' || c == '-' || c == '_';
        if (plain)
            out += c;
        else
            out.append({'%', kHex[static_cast<unsigned char>(c) >> 4], kHex[static_cast<unsigned char>(c) & 15]});
    }
    return out;
}

std::string uriOf(const DbAddress& at) {
    const char* options = at.mode == OpenMode::unchanging ? "?immutable=1"
                          : at.mode == OpenMode::memory   ? "?mode=memory&cache=shared"
                          : at.mode == OpenMode::readOnly ? "?mode=ro"
                                                          : "";
    return "file:" + escaped(at.name) + options;
}

}  // namespace

void Stmt::Finalize::operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
void Db::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

Stmt& Stmt::bind(int index, std::int64_t v) {
    sqlite3_bind_int64(s_.get(), index, v);
    return *this;
}
Stmt& Stmt::bind(int index, double v) {
    sqlite3_bind_double(s_.get(), index, v);
    return *this;
}
Stmt& Stmt::bind(int index, std::string_view v) {
    sqlite3_bind_text64(s_.get(), index, v.data() ? v.data() : "", v.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}
Stmt& Stmt::bind(int index, std::span<const std::byte> v) {
    sqlite3_bind_blob64(s_.get(), index, v.data() ? static_cast<const void*>(v.data()) : "", v.size(), SQLITE_STATIC);
    return *this;
}

Stmt& Stmt::bindNull(int index) {
    sqlite3_bind_null(s_.get(), index);
    return *this;
}

Result<bool> Stmt::step() {
    wellTyped_ = true;
    const int code = sqlite3_step(s_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(s_.get());
        return false;
    }
    Error e = errorOf(sqlite3_db_handle(s_.get()), "project file");
    sqlite3_reset(s_.get());
    return e;
}

Status Stmt::run() {
    for (;;) {
        const auto row = step();
        if (!row) return row.error();
        if (!*row) return ok();
    }
}

void Stmt::reset() { sqlite3_reset(s_.get()); }

bool Stmt::hasType(int column, int type) const {
    const bool same = sqlite3_column_type(s_.get(), column) == type;
    wellTyped_ = wellTyped_ && same;
    return same;
}

bool Stmt::isNull(int column) const { return sqlite3_column_type(s_.get(), column) == SQLITE_NULL; }
std::int64_t Stmt::intAt(int column) const {
    return hasType(column, SQLITE_INTEGER) ? sqlite3_column_int64(s_.get(), column) : 0;
}
double Stmt::realAt(int column) const {
    if (isNull(column)) return std::numeric_limits<double>::quiet_NaN();
    return hasType(column, SQLITE_FLOAT) ? sqlite3_column_double(s_.get(), column) : 0;
}
std::string Stmt::textAt(int column) const {
    if (!hasType(column, SQLITE_TEXT)) return {};
    const auto* text = sqlite3_column_blob(s_.get(), column);
    const auto size = std::size_t(sqlite3_column_bytes(s_.get(), column));
    if (size > 0 && !text) wellTyped_ = false;  // no memory for it
    return text ? std::string(static_cast<const char*>(text), size) : std::string();
}
std::span<const std::byte> Stmt::blobAt(int column) const {
    if (!hasType(column, SQLITE_BLOB)) return {};
    const void* data = sqlite3_column_blob(s_.get(), column);
    const auto size = std::size_t(sqlite3_column_bytes(s_.get(), column));
    if (size > 0 && !data) wellTyped_ = false;
    return {static_cast<const std::byte*>(data), data ? size : 0};
}
int Stmt::columns() const { return sqlite3_column_count(s_.get()); }
std::string Stmt::columnName(int column) const {
    const char* name = sqlite3_column_name(s_.get(), column);
    return name ? name : "";
}
std::string Stmt::declaredType(int column) const {
    const char* type = sqlite3_column_decltype(s_.get(), column);
    return type ? type : "";
}

Result<Db> Db::open(const std::string& path, OpenMode mode) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (mode == OpenMode::create) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (mode == OpenMode::readWrite) flags |= SQLITE_OPEN_READWRITE;
    if (mode == OpenMode::readOnly) flags |= SQLITE_OPEN_READONLY;
    if (mode == OpenMode::unchanging) flags |= SQLITE_OPEN_READONLY;
    if (mode == OpenMode::memory) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(uriOf({path, mode}).c_str(), &raw, flags | SQLITE_OPEN_URI, nullptr);
    Db db(raw);
    if (code != SQLITE_OK) return errorOf(raw, "cannot open " + path);
    sqlite3_extended_result_codes(raw, 0);
    distrust(raw, mode == OpenMode::create || mode == OpenMode::memory);
    db.setBusyTimeout(5000);
    return db;
}

Status Db::attach(const DbAddress& at, const std::string& schema) {
    auto stmt = prepare("ATTACH ? AS " + schema);
    if (!stmt) return stmt.error();
    const std::string uri = uriOf(at);
    return stmt->bind(1, uri).run();
}
Status Db::detach(const std::string& schema) { return exec("DETACH " + schema); }

void Db::keepLogAtClose(bool keep) {
    int on = keep ? 1 : 0;
    (void)sqlite3_file_control(db_.get(), "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}

void Db::setBusyTimeout(int milliseconds) { sqlite3_busy_timeout(db_.get(), milliseconds); }

Status Db::exec(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return lastError("project file");
    return ok();
}

Result<Stmt> Db::prepare(std::string_view sql) const {
    sqlite3_stmt* s = nullptr;
    const int code = sqlite3_prepare_v3(db_.get(), sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &s, nullptr);
    if (code == SQLITE_OK) return Stmt(s);
    Error error = lastError("project file");
    if (code == SQLITE_ERROR) error.code = kDamaged;  // our statements fit our tables, so the tables are damaged
    return error;
}

Result<std::int64_t> Db::number(std::string_view sql) const {
    auto stmt = prepare(sql);
    if (!stmt) return stmt.error();
    const auto row = stmt->step();
    if (!row) return row.error();
    if (!*row) return 0;
    const std::int64_t value = stmt->intAt(0);
    if (!stmt->wellTyped()) return Error{kDamaged, "project file: a number is stored as another type", 0};
    return value;
}

std::int64_t Db::changes() const { return sqlite3_changes64(db_.get()); }
bool Db::inTransaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }
Error Db::lastError(std::string_view doing) const { return errorOf(db_.get(), doing); }

Result<Backup> Backup::begin(const Db& from, Db& to) {
    sqlite3_backup* backup = sqlite3_backup_init(to.db_.get(), "main", from.db_.get(), "main");
    if (!backup) return to.lastError("cannot copy the project");
    return Backup(backup, to);
}

void Backup::Finish::operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }

Result<Backup::Step> Backup::step(int pages) {
    const int code = sqlite3_backup_step(backup_.get(), pages);
    if (code == SQLITE_DONE) return Step::done;
    if (code == SQLITE_OK) return Step::more;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return Step::wait;
    return to_->lastError("cannot copy the project");
}

int Backup::total() const { return sqlite3_backup_pagecount(backup_.get()); }
int Backup::remaining() const { return sqlite3_backup_remaining(backup_.get()); }

Status Db::copyInto(Db& target, const std::function<bool(int, int)>& step) const {
    auto backup = Backup::begin(*this, target);
    if (!backup) return backup.error();
    for (;;) {
        const auto done = backup->step(256);
        if (!done) return done.error();
        if (*done == Backup::Step::wait) return target.lastError("cannot copy the project");
        if (!step(backup->total() - backup->remaining(), backup->total())) return cancelledError();
        if (*done == Backup::Step::done) return ok();
    }
}

Result<Transaction> Transaction::begin(Db& db) {
    const bool nested = db.inTransaction();
    if (const Status s = db.exec(nested ? "SAVEPOINT part" : "BEGIN IMMEDIATE"); !s) return s.error();
    return Transaction(db, nested);
}

Status Transaction::commit() {
    Db* const db = std::exchange(db_, nullptr);
    Status s = db->exec(nested_ ? "RELEASE part" : "COMMIT");
    if (!s) (void)db->exec(nested_ ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK");
    return s;
}

Transaction::~Transaction() {
    if (db_) (void)db_->exec(nested_ ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK");
}

}  // namespace weir::store
