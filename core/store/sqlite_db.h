// SQLite connections, statements, copies and transactions as RAII classes, with errors as values.
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

/// A prepared statement. Parameters and columns: bind() counts from 1, the …At() functions from 0. Bound texts and
/// blobs are not copied and must live until the next reset(). Not thread-safe.
class Stmt {
public:
    /// Sets the parameter `index`. Returns *this.
    Stmt& bind(int index, std::int64_t v);
    Stmt& bind(int index, double v);            ///< likewise
    Stmt& bind(int index, std::string_view v);  ///< likewise
    /// Deleted: a temporary string would be gone before run().
    template <class Text>
    requires std::same_as<Text, std::string> Stmt& bind(int index, Text&& v) = delete;
    Stmt& bind(int index, std::span<const std::byte> v);  ///< as a blob
    Stmt& bindNull(int index);                            ///< sets it to NULL
    /// Moves to the next row. False: there is none, and the statement was reset. Errors: store, kDamaged, badMagic.
    Result<bool> step();
    Status run();  ///< step() to the end
    void reset();  ///< bound values stay

    // Values of the row. A file may have a value of any type in any column: one of another type than expected reads as
    // 0 or empty and is remembered. Read the whole row, then check wellTyped() once.
    std::int64_t intAt(int column) const;
    double realAt(int column) const;  ///< NULL reads as NaN
    std::string textAt(int column) const;
    std::span<const std::byte> blobAt(int column) const;  ///< valid until the next step() or reset()
    bool isNull(int column) const;                        ///< of any type
    bool wellTyped() const { return wellTyped_; }         ///< whether all values read of this row had their type
    int columns() const;                                  ///< number of result columns
    std::string columnName(int column) const;             ///< as in the result
    std::string declaredType(int column) const;           ///< of the table's column; empty for an expression

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

/// A connection that does not trust the file: triggers, views, functions with side effects and extensions do not run,
/// the schema cannot be written, pages are checked as they are read. Move only; one thread at a time. Errors of all
/// calls: badMagic (not a database), kDamaged, else store.
class Db {
public:
    static Result<Db> open(const std::string& path, OpenMode mode);  ///< waits up to 5 s for locks of others
    static Result<Db> open(const DbAddress& at) { return open(at.name, at.mode); }  ///< likewise
    /// Makes the tables of another database readable as `schema`.table until detach(). `schema` is not quoted.
    Status attach(const DbAddress& at, const std::string& schema);
    Status detach(const std::string& schema);  ///< ends attach()
    /// Whether the write-ahead log stays when the last connection to the file is closed and is this one.
    void keepLogAtClose(bool keep);
    Status exec(const std::string& sql);                      ///< runs statements; rows are ignored
    Result<Stmt> prepare(std::string_view sql) const;         ///< kDamaged also if the tables do not fit the statement
    Result<std::int64_t> number(std::string_view sql) const;  ///< first column of the first row; 0 without a row
    std::int64_t changes() const;                             ///< rows changed by the last statement
    bool inTransaction() const;                               ///< whether a transaction is open
    Error lastError(std::string_view doing) const;            ///< the last error; its text begins with `doing`
    void setBusyTimeout(int milliseconds);                    ///< limit on waiting for locks of other processes
    /// Copies the whole database into `target`. Calls `step` with pages copied and pages in all, after every 256 pages;
    /// false stops the copy (Errc::cancelled).
    Status copyInto(Db& target, const std::function<bool(int done, int total)>& step) const;

private:
    friend class Backup;
    struct Close {
        void operator()(sqlite3* db) const;
    };
    explicit Db(sqlite3* db) : db_(db) {}
    std::unique_ptr<sqlite3, Close> db_;
};

/// A copy of a database, made in steps. What the connection `from` writes meanwhile goes into the copy; a write of
/// another connection starts the copy again. Both connections must outlive it.
class Backup {
public:
    /// Result of a step. `wait`: a transaction is open, nothing was copied.
    enum class Step : std::uint8_t { more, wait, done };
    static Result<Backup> begin(const Db& from, Db& to);
    Result<Step> step(int pages);  ///< copies up to that many pages; negative = all
    int total() const;             ///< pages in all, as of the last step
    int remaining() const;         ///< pages to copy, as of the last step

private:
    struct Finish {
        void operator()(sqlite3_backup* backup) const;
    };
    Backup(sqlite3_backup* backup, Db& to) : backup_(backup), to_(&to) {}
    std::unique_ptr<sqlite3_backup, Finish> backup_;
    Db* to_;
};

/// BEGIN IMMEDIATE … COMMIT, or a savepoint inside an open transaction. Rolls back when destroyed without commit().
class Transaction {
public:
    static Result<Transaction> begin(Db& db);  ///< `db` must outlive it
    Status commit();                           ///< rolls back if it fails
    Transaction(Transaction&& o) noexcept : db_(std::exchange(o.db_, nullptr)), nested_(o.nested_) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

private:
    Transaction(Db& db, bool nested) : db_(&db), nested_(nested) {}
    Db* db_;
    bool nested_;
};

}  // namespace weir::store
