// The project file on SQLite: one connection that writes, a pool of connections that read.
#pragma once

#include "core/store/damage.h"
#include "core/store/file_ops.h"
#include "core/store/project_file.h"
#include "core/store/project_lock.h"
#include "core/store/project_tables.h"
#include "core/store/reader_pool.h"
#include "core/store/record_snapshot.h"
#include "core/store/sqlite_db.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace weir::store {

/// Changes run one after the other on the writing connection, each in a transaction of its own, while this process has
/// the turn to write. Reading uses connections of the pool and never waits for writers. A source goes through the
/// states importing, complete, removed; only complete sources are shown. A source in another state belongs to the
/// process that has claimed its number; when that process is gone, the next writer deletes the source. ProjectFile has
/// the contracts of the overrides.
class SqliteProject final : public ProjectFile {
public:
    /// The first source of a new project, written without a journal to a file with a temporary name.
    struct Unpublished {
        TemporaryFile file;
        /// Destroyed after `db`: closing its descriptor drops SQLite's locks on the file.
        std::unique_ptr<WriteBehind> behind;
        Db db;
    };
    /// Where a read-only project reads its records, and where its changes are.
    struct ReadOnly {
        std::string reason;  ///< as of readOnlyReason()
        DbAddress records;
        std::shared_ptr<void> keep;  ///< as of ReadingPlace
        std::optional<Db> watched;   ///< a connection that notices writes of others; none for a private copy
        std::string memory;          ///< name of the database in memory that has the changes
    };

    /// Opens the project without writing to it. Errors: as ProjectFile::open().
    static Result<std::unique_ptr<ProjectFile>> openReadOnly(const std::string& path, std::string reason,
                                                             const Opening& opening);
    /// Opens the project for writing, after migration if it is older; read-only if it is damaged. Errors: as
    /// ProjectFile::open().
    static Result<std::unique_ptr<ProjectFile>> openWritable(const std::string& path, std::shared_ptr<ProjectLock> lock,
                                                             const Opening& opening);
    ~SqliteProject() override;

    const std::string& path() const override { return path_; }
    int schemaVersion() const override { return kVersion; }
    std::uint64_t bytesOnDisk() const override { return fileBytes(path_); }
    const std::string& readOnlyReason() const override { return readOnly_.reason; }
    std::shared_ptr<DamageLog> damage() const override { return damage_; }
    Status checkSources(JobContext& job) const override;
    bool hasUnsavedChanges() const override;
    Status publish() override;
    void discard() override;
    Result<bool> refresh() override;
    Result<std::vector<SourceInfo>> sources() const override;
    Result<std::unique_ptr<SourceWriter>> beginSource() override;
    Status dropUnfinished() override;
    Status setSourceHash(std::uint32_t number, const std::string& sha256) override;
    Status removeSource(std::uint32_t number) override;
    Status restoreRemovedSource(std::uint32_t number) override;
    Result<std::shared_ptr<const flow::ChunkSource>> records(unsigned threads) const override;
    Status save(const Changes& changes, JobContext& job) override;
    Status changeTable(const std::string& name, const TableChange& change) override;
    Status changeValue(const std::string& key, const ValueChange& change) override;
    Result<std::optional<std::string>> value(const std::string& key) const override;
    Result<std::optional<flow::Table>> loadTable(const std::string& name) const override;
    Result<std::optional<Buffer<std::uint64_t>>> loadWords(const std::string& name, JobContext& job) const override;
    Status saveMark(const Mark& mark) override;
    Result<std::vector<Mark>> marks() const override;
    Result<std::size_t> removeMarks(const std::string& tag, const std::string& filter) override;
    Status saveSilence(const Silence& silence) override;
    Result<std::vector<Silence>> silences() const override;
    Result<std::size_t> removeSilence(const std::string& code, const std::string& filter) override;
    Status saveList(const StoredList& list, std::string_view text) override;
    Result<std::vector<StoredList>> lists() const override;
    DbAddress listTexts() const override;
    Result<std::size_t> removeList(const std::string& name) override;
    Result<std::unique_ptr<ProjectCopy>> copyTo(const std::string& path) override;
    void removeWhenRead() override;

private:
    friend class SqliteSourceWriter;
    friend class SqliteProjectCopy;
    friend class ProjectFile;
    static const int kVersion;
    SqliteProject(std::string path, std::chrono::milliseconds wait, std::shared_ptr<ProjectLock> lock, Db db,
                  DbAddress reading);

    /// Runs `look` on a connection of the pool; for a read-only project, on its database in memory.
    Status read(const std::function<Status(const Db&)>& look) const;
    /// Runs `change` in a transaction that is durable when this returns.
    Status edit(const std::function<Status(Db&)>& change);
    std::shared_ptr<ReaderPool> pool() const;
    void tidy();
    Status checkLayout();
    Result<std::shared_ptr<const RecordSnapshot>> openRecords(unsigned threads) const;

    // The functions below are called with mutex_ locked.
    Status editUnpublished(const std::function<Status(Db&)>& change);
    Status takeTurn();
    Status followReplacement();
    Result<bool> connect();  ///< false: the file is of an older version
    Status mustConnect();
    Status connectReadOnly();
    Status purgeOrphans();
    Status setState(std::uint32_t number, const char* from, const char* to);
    Status beginFresh();
    Status adoptFresh();
    Result<std::uint32_t> newSource(Db& db);
    void closeFile();

    const std::string path_;
    const std::chrono::milliseconds wait_;
    const std::shared_ptr<DamageLog> damage_;
    const std::shared_ptr<ProjectLock> lock_;  ///< null when read-only
    ReadOnly readOnly_;
    std::string privateFolder_;
    mutable std::mutex mutex_;               ///< guards the members below but pool_
    Db db_;                                  ///< where changes go: the file, one with a temporary name, or memory
    FileIdentity identity_;                  ///< of the file behind db_
    std::int64_t seen_ = 0;                  ///< SQLite's data_version at the last refresh()
    std::optional<ProjectLock::Turn> turn_;  ///< held until the file has its name, and during transactions of an import
    std::optional<TemporaryFile> unpublished_;  ///< the file behind db_ until it has its name
    std::optional<Unpublished> fresh_;          ///< the first source, while it is imported
    std::set<std::uint32_t> claimed_;           ///< sources being imported, or whose removal can be undone
    bool importing_ = false, discarded_ = false, changed_ = false;
    mutable std::mutex poolMutex_;
    std::shared_ptr<ReaderPool> pool_;  ///< guarded by poolMutex_
};

}  // namespace weir::store
