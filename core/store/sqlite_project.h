// The project file over SQLite: one writer connection, a pool of readers.
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

/// What edits the file runs one after the other on the writer connection, each in a transaction of its own, under the
/// turn to write that it shares with other processes. What reads uses connections of the pool and waits for nobody. A
/// source's rows are written in states: importing → complete → removed; only complete ones are ever shown. A row of
/// another state belongs to the process that has claimed its number; when that is gone, whoever writes next deletes it.
class SqliteProject final : public ProjectFile {
public:
    /// A new project, and the first source of it, are written to files of temporary names without a journal.
    struct Unpublished {
        TemporaryFile file;
        std::unique_ptr<WriteBehind>
            behind;  ///< its descriptor is closed after the database: closing one drops SQLite's locks on the file
        Db db;
    };
    /// Where the records of a read-only project are read, and what changes are kept in.
    struct ReadOnly {
        std::string reason;
        DbAddress records;
        std::shared_ptr<void> keep;  ///< as of ReadingPlace
        std::optional<Db> watched;   ///< a connection that sees what others write; none to a copy
        std::string memory;          ///< name of the database in memory
    };

    /// Opens the project without ever writing to it, or to anything beside it.
    static Result<std::unique_ptr<ProjectFile>> openReadOnly(const std::string& path, std::string reason,
                                                             const Opening& opening);
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

    /// Runs `look` on a connection of the pool, or on the memory of a read-only project.
    Status read(const std::function<Status(const Db&)>& look) const;
    /// Runs `change` in a transaction that is durable when this returns.
    Status edit(const std::function<Status(Db&)>& change);
    std::shared_ptr<ReaderPool> pool() const;
    void tidy();
    Status checkLayout();
    Result<std::shared_ptr<const RecordSnapshot>> openRecords(unsigned threads) const;

    // All that follows is called under mutex_.
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
    mutable std::mutex mutex_;                  ///< guards what follows, but for pool_
    Db db_;                                     ///< what changes go to: the file, one without a name yet, or memory
    FileIdentity identity_;                     ///< of the file behind db_
    std::int64_t seen_ = 0;                     ///< SQLite's data_version at the last refresh()
    std::optional<ProjectLock::Turn> turn_;     ///< held without a name, and while a transaction of an import is open
    std::optional<TemporaryFile> unpublished_;  ///< the file behind db_ as long as it has no name
    std::optional<Unpublished> fresh_;          ///< the first source of a project without a name, while it is imported
    std::set<std::uint32_t> claimed_;           ///< sources that are imported, or whose removal can be undone
    bool importing_ = false, discarded_ = false, changed_ = false;
    mutable std::mutex poolMutex_;
    std::shared_ptr<ReaderPool> pool_;  ///< guarded by poolMutex_
};

}  // namespace weir::store
