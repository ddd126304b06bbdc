// Read-only connections to one project file, each lent to one thread at a time.
#pragma once

#include "core/base/result.h"
#include "core/store/file_ops.h"
#include "core/store/sqlite_db.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace weir::store {

/// A connection with its two prepared lookups.
struct Reader {
    Db db;
    Stmt chunk;  ///< column `data` of table chunk, by id
    Stmt words;  ///< column `data` of table words_chunk, by id
};

/// Opens connections when needed and keeps them: as many as threads ever read at once. Thread-safe; must outlive its
/// leases.
class ReaderPool {
public:
    /// For the file that is at `at` now. `keep` is destroyed after the last connection.
    explicit ReaderPool(DbAddress at, std::shared_ptr<void> keep = nullptr)
        : at_(std::move(at)), file_(identityOf(at_.name)), keep_(std::move(keep)) {}

    /// A connection on loan; its end returns it.
    class Lease {
    public:
        /// Made by lend().
        Lease(ReaderPool& pool, std::unique_ptr<Reader> reader) : pool_(&pool), reader_(std::move(reader)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Reader* operator->() const { return reader_.get(); }  ///< not null

    private:
        ReaderPool* pool_;
        std::unique_ptr<Reader> reader_;
    };
    /// A free connection, else a new one. Errors: store (also if the path names another file by now), kDamaged,
    /// badMagic.
    Result<Lease> lend();
    /// Deletes the file when the pool is destroyed.
    void removeFileAtEnd();

private:
    const DbAddress at_;
    const FileIdentity file_;     ///< of the file when the pool was made; another file of that name is not opened
    std::shared_ptr<void> keep_;  ///< guarded by mutex_; outlives the connections
    std::mutex mutex_;
    std::vector<std::unique_ptr<Reader>> free_;
};

}  // namespace weir::store
