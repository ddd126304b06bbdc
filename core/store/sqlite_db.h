// RAII over SQLite: connections and prepared statements with errors as values.
#pragma once

#include "core/base/result.h"
#include "core/store/damage.h"
#include "core/store/db_address.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_backup;

namespace weir::store {

/// A prepared statement. Bound blobs and texts must stay alive until the next reset(). Not thread-safe.
class Stmt {
public:
    Stmt& bind(int index, std::int64_t v);
    Stmt& bind(int index, double v);
    Stmt& bind(int index, std::string_view v);
    /// A text that is gone before run().
    template <class Text>
    requires std::same_as<Text, std::string> Stmt& bind(int index, Text&& v) = delete;
    Stmt& bind(int index, std::span<const std::byte> v);
    Stmt& bindNull(int index);
    /// True: a row is there. False: done (and reset).
    Result<bool> step();
    /// step() to the end and reset.
    Status run();
    void reset();

    // Values of the row. A cell of another type than asked for (a file may hold anything anywhere) reads as nothing and
    // is remembered: read the whole row, then check wellTyped() once.
    std::int64_t intAt(int column) const;
    double realAt(int column) const;  ///< NULL reads NaN
    std::string textAt(int column) const;
    std::span<const std::byte> blobAt(int column) const;  ///< until the next step() or reset()
    bool isNull(int column) const;
    /// False once a value of this row was not of the type it was read as.
    bool wellTyped() const { return wellTyped_; }
    int columns() const;
    std::string columnName(int column) const;
    std::string declaredType(int column) const;

private:
    friend class Db;
    struct Finalize {
        void operator()(sqlite3_stmt* s) const;
    };
    explicit Stmt(sqlite3_stmt* s) : s_(s) {}
    bool hasType(int column, int type) const;
    std::unique_ptr<sqlite3_stmt, Finalize> s_;
    mutable bool wellTyped_ = true;
};

/// A connection that trusts nothing in the file: no triggers, views, functions with side effects or extensions run, the
/// schema cannot be written, pages are checked as they are read. Move only; one thread at a time.
class Db {
public:
    /// Errors of this and all calls below: badMagic (no database), kDamaged, else store.
    static Result<Db> open(const std::string& path, OpenMode mode);
    static Result<Db> open(const DbAddress& at) { return open(at.name, at.mode); }
    /// Makes the tables of another database readable as `schema`.table, until detach().
    Status attach(const DbAddress& at, const std::string& schema);
    Status detach(const std::string& schema);
    /// Whether the write-ahead log stays when this was the last connection to its file.
    void keepLogAtClose(bool keep);
    Status exec(const std::string& sql);
    Result<Stmt> prepare(std::string_view sql) const;
    /// First column of the first row; 0 without a row.
    Result<std::int64_t> number(std::string_view sql) const;
    std::int64_t changes() const;  ///< rows of the last statement
    bool inTransaction() const;
    Error lastError(std::string_view doing) const;
    /// Stops retrying after this long when another process holds the lock.
    void setBusyTimeout(int milliseconds);

    /// Copies the whole database into `target`; `step(done, total)` in pages, false = stop (Errc::cancelled).
    Status copyInto(Db& target, const std::function<bool(int done, int total)>& step) const;

private:
    friend class Backup;
    struct Close {
        void operator()(sqlite3* db) const;
    };
    explicit Db(sqlite3* db) : db_(db) {}
    std::unique_ptr<sqlite3, Close> db_;
};

/// A copy of a database in steps. What its own connection writes between them goes into the copy; what others write
/// starts it again.
class Backup {
public:
    enum class Step : std::uint8_t { more, wait, done };  ///< wait: a transaction is open, nothing was copied
    static Result<Backup> begin(const Db& from, Db& to);
    Result<Step> step(int pages);
    int total() const;  ///< pages, as of the last step
    int remaining() const;

private:
    struct Finish {
        void operator()(sqlite3_backup* backup) const;
    };
    Backup(sqlite3_backup* backup, Db& to) : backup_(backup), to_(&to) {}
    std::unique_ptr<sqlite3_backup, Finish> backup_;
    Db* to_;
};

/// BEGIN IMMEDIATE … COMMIT, or a savepoint inside a running transaction; rolls back when destroyed without commit().
class Transaction {
public:
    static Result<Transaction> begin(Db& db);
    Status commit();
    Transaction(Transaction&& o) noexcept : db_(std::exchange(o.db_, nullptr)), nested_(o.nested_) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

private:
    Transaction(Db& db, bool nested) : db_(&db), nested_(nested) {}
    Db* db_;
    bool nested_;
};

}  // namespace weir::store
