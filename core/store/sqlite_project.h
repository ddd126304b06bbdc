// The project file over SQLite: one writer connection, a pool of readers.
#pragma once

#include "core/store/file_ops.h"
#include "core/store/project_file.h"
#include "core/store/reader_pool.h"
#include "core/store/sqlite_db.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace weir::store {

/// Calls may come from any thread. What edits the file runs one after the other on the writer connection.
/// A source's rows are written in states: importing → complete → removed; only complete ones are ever shown. Rows of another state are
/// deleted when their process ends or, when it was killed, by the next who opens the file.
class SqliteProject final : public ProjectFile {
public:
    /// The first source of a project without sources is built in a file of its own without a journal, and takes the project's
    /// place when finished.
    struct FreshBuild {
        TemporaryFile file;
        std::unique_ptr<WriteBehind> behind;  ///< its descriptor is closed after the database: closing one drops SQLite's locks on the file
        Db db;
    };

    static Result<std::unique_ptr<ProjectFile>> openAt(const std::string& path, int version);
    ~SqliteProject() override;

    const std::string& path() const override { return path_; }
    int schemaVersion() const override { return version_; }
    std::uint64_t bytesOnDisk() const override;
    Result<std::vector<SourceInfo>> sources() const override;
    Result<std::unique_ptr<SourceWriter>> beginSource() override;
    Status dropUnfinished() override;
    Status setSourceHash(std::uint32_t number, const std::string& sha256) override;
    Status removeSource(std::uint32_t number) override;
    Status restoreRemovedSource(std::uint32_t number) override;
    Result<std::shared_ptr<const flow::ChunkSource>> records(unsigned threads) const override;
    Status setValue(const std::string& key, const std::string& value) override;
    Result<std::optional<std::string>> value(const std::string& key) const override;
    Status saveTable(const flow::Table& table) override;
    Result<std::optional<flow::Table>> loadTable(const std::string& name) const override;
    Status saveWords(const std::string& name, std::span<const std::uint64_t> words, JobContext& job) override;
    Result<std::optional<Buffer<std::uint64_t>>> loadWords(const std::string& name, JobContext& job) const override;
    Status removeWords(const std::string& name) override;
    Status saveList(const StoredList& list, std::string_view text) override;
    Result<std::vector<StoredList>> lists() const override;
    Result<std::size_t> removeList(const std::string& name) override;
    Status copyTo(const std::string& path, JobContext& job) const override;

    // For the source writer.
    std::mutex& mutex() const { return mutex_; }
    Db& target() { return fresh_ ? fresh_->db : db_; }  ///< under mutex()
    bool building() const { return fresh_.has_value(); }
    void wrote(std::size_t bytes) { if (fresh_) fresh_->behind->wrote(bytes); }  ///< under mutex()
    /// Puts the finished fresh file in the project's place and goes on there. Under mutex().
    Status adoptFresh();
    /// Ends a source that was given up, at once: what is in the file already becomes an orphan. Under mutex().
    void abandon(std::uint32_t number);
    void importEnded() { importing_ = false; }

private:
    SqliteProject(std::string path, int version, Db db);
    Status edit(const std::function<Status(Db&)>& change);
    Status setState(std::uint32_t number, const char* from, const char* to);
    Status purgeOrphans();
    Status beginFresh();

    const std::string path_;
    const int version_;
    mutable std::mutex mutex_;           ///< guards what follows
    Db db_;
    std::optional<FreshBuild> fresh_;
    bool importing_ = false;
    mutable std::shared_ptr<ReaderPool> pool_;
};

/// Opens the writer of a new source; its rows go to project.target().
Result<std::unique_ptr<SourceWriter>> makeSourceWriter(SqliteProject& project);

/// SELECT of a table that saveTable() made, in row order.
Status writeTable(Db& db, const flow::Table& table);
Result<std::optional<flow::Table>> readTable(const Db& db, const std::string& name);

}  // namespace weir::store
