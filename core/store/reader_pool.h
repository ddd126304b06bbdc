// Read-only connections to one project file, lent to one thread at a time.
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

/// A connection with its two prepared look-ups.
struct Reader {
    Db db;
    Stmt chunk;  ///< data of chunk ?
    Stmt words;  ///< data of words_chunk ?
};

/// Thread-safe. Connections are opened when needed and kept: as many as threads read at once.
class ReaderPool {
public:
    /// `keep` is destroyed after the last connection.
    explicit ReaderPool(DbAddress at, std::shared_ptr<void> keep = nullptr)
        : at_(std::move(at)), file_(identityOf(at_.name)), keep_(std::move(keep)) {}

    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Reader> reader) : pool_(&pool), reader_(std::move(reader)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Reader* operator->() const { return reader_.get(); }

    private:
        ReaderPool* pool_;
        std::unique_ptr<Reader> reader_;
    };
    Result<Lease> lend();
    /// The file goes when the last user of the pool is gone.
    void removeFileAtEnd();

private:
    const DbAddress at_;
    const FileIdentity file_;     ///< of the file when the pool was made: another one of its name is not opened
    std::shared_ptr<void> keep_;  ///< guarded by mutex_; outlives the connections
    std::mutex mutex_;
    std::vector<std::unique_ptr<Reader>> free_;
};

}  // namespace weir::store
