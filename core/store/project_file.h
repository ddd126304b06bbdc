// The project file: one SQLite database that has everything (house.md 5).
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/flow/table.h"
#include "core/store/db_address.h"
#include "core/store/opening.h"
#include "core/store/project_copy.h"
#include "core/store/source_writer.h"
#include "core/store/stored_types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::store {

class DamageLog;  ///< damage.h

/// An open project. Thread-safe; calls that only read are const. Each change is one transaction, durable when the call
/// returns. Several processes may have a project open; each waits for its turn to write. A read-only project accepts
/// all changes but new sources: they stay in memory, are read back, and are copied by copyTo(). Errors of every call:
/// store; of calls that read: kDamaged; of changes: busy (another program did not finish within Opening::wait),
/// readOnly (damage was found), io (the file was moved or deleted), unsupported (a project of an older version replaced
/// it). Further ones are listed at the calls.
class ProjectFile {
public:
    /// A new, empty project. Its file has a temporary name until its first source is complete, publish() is called, or
    /// it is closed; others who create the same project wait. Errors: exists, io, readOnly (the folder is), busy.
    static Result<std::unique_ptr<ProjectFile>> create(const std::string& path, const Opening& opening = {});
    /// Opens a project; one that cannot be written opens read-only. Older versions are migrated. Errors: notFound,
    /// badMagic (not a project), unsupported (written by a newer Weir), kDamaged (no record can be read), io, busy.
    static Result<std::unique_ptr<ProjectFile>> open(const std::string& path, const Opening& opening = {});
    virtual ~ProjectFile() = default;

    virtual const std::string& path() const = 0;    ///< as given; also before the file has this name
    virtual int schemaVersion() const = 0;          ///< of an open project, always the present version
    virtual std::uint64_t bytesOnDisk() const = 0;  ///< file and write-ahead log
    /// Why changes stay in memory, as part of a sentence; empty = they go to the file.
    virtual const std::string& readOnlyReason() const = 0;
    bool readOnly() const { return !readOnlyReason().empty(); }  ///< whether changes stay in memory
    /// Damage found so far. A damaged source is missing from sources() and records() from then on, and nothing more is
    /// written.
    virtual std::shared_ptr<DamageLog> damage() const = 0;
    /// Decodes every chunk; damage goes into damage(). Errors: cancelled. Cost: one pass over all records.
    virtual Status checkSources(JobContext& job) const = 0;
    virtual bool hasUnsavedChanges() const = 0;  ///< whether a read-only project was changed in memory
    /// Renames a new project to its path now. Does nothing while an import is running, which does it at its end.
    virtual Status publish() = 0;
    virtual void discard() = 0;  ///< closing leaves no file if the project is new and not yet at its path
    /// Whether other programs changed the file since the last call; from now on their data is read. A read-only project
    /// with changes in memory does not follow.
    virtual Result<bool> refresh() = 0;

    virtual Result<std::vector<SourceInfo>> sources() const = 0;  ///< complete ones, by number
    /// Begins an import; one at a time. Errors: readOnly, usage (another import is running).
    virtual Result<std::unique_ptr<SourceWriter>> beginSource() = 0;
    /// Deletes what cancelled imports left; otherwise the next import does, or closing the project.
    virtual Status dropUnfinished() = 0;
    virtual Status setSourceHash(std::uint32_t number, const std::string& sha256) = 0;  ///< lower-case hex
    /// Hides a source; its records are deleted when the file is closed. Errors: notFound.
    virtual Status removeSource(std::uint32_t number) = 0;
    /// Undoes removeSource() while the file is open. Errors: notFound.
    virtual Status restoreRemovedSource(std::uint32_t number) = 0;
    /// A snapshot of the sources present now, readable while others are added or removed. Reads chunk lists and
    /// addresses with that many threads.
    virtual Result<std::shared_ptr<const flow::ChunkSource>> records(unsigned threads) const = 0;

    /// Stores all changes in one transaction. Errors: cancelled; usage (a table or column name is not lower_snake).
    virtual Status save(const Changes& changes, JobContext& job) = 0;
    /// Replaces a table by what `change` makes of the present one (nothing: there is none). No other program writes
    /// between reading and writing. Errors: those of `change`, and of save().
    using TableChange = std::function<Result<flow::Table>(const std::optional<flow::Table>& present)>;
    virtual Status changeTable(const std::string& name, const TableChange& change) = 0;
    /// The same for a value.
    using ValueChange = std::function<Result<std::string>(const std::optional<std::string>& present)>;
    virtual Status changeValue(const std::string& key, const ValueChange& change) = 0;
    Status setValue(const std::string& key, const std::string& value);  ///< settings, window state, drafts
    Status saveTable(const flow::Table& table);                         ///< replaces the table of that name
    /// Replaces the words of that name. Errors: cancelled.
    Status saveWords(const std::string& name, std::span<const std::uint64_t> words, JobContext& job);
    virtual Result<std::optional<std::string>> value(const std::string& key) const = 0;       ///< nothing: not set
    virtual Result<std::optional<flow::Table>> loadTable(const std::string& name) const = 0;  ///< nothing: not there
    /// Words by name; nothing: not there. Uses job.threads() threads. Errors: cancelled.
    virtual Result<std::optional<Buffer<std::uint64_t>>> loadWords(const std::string& name, JobContext& job) const = 0;

    /// Adds a mark; one with the same tag (in any case) and filter is replaced.
    virtual Status saveMark(const Mark& mark) = 0;
    virtual Result<std::vector<Mark>> marks() const = 0;  ///< in the order added
    /// Removes the marks of a tag (in any case) with that filter, or with any filter if it is empty. Returns how many.
    virtual Result<std::size_t> removeMarks(const std::string& tag, const std::string& filter) = 0;
    /// Adds a silence; one with the same code (in any case) and filter is replaced.
    virtual Status saveSilence(const Silence& silence) = 0;
    virtual Result<std::vector<Silence>> silences() const = 0;  ///< in the order added
    /// Removes the silence with that code and filter. Returns how many there were, 0 or 1.
    virtual Result<std::size_t> removeSilence(const std::string& code, const std::string& filter) = 0;
    /// Adds a list version with its text; one with the same name (in any case) and date is replaced.
    virtual Status saveList(const StoredList& list, std::string_view text) = 0;
    virtual Result<std::vector<StoredList>> lists() const = 0;  ///< by name, then date
    virtual DbAddress listTexts() const = 0;                    ///< the database for readListText()
    /// Removes all versions of a list (name in any case). Returns how many.
    virtual Result<std::size_t> removeList(const std::string& name) = 0;

    /// Begins Save As. Errors: usage (`path` is this project), io, readOnly (the folder is), busy (a window edits a
    /// project of that name).
    virtual Result<std::unique_ptr<ProjectCopy>> copyTo(const std::string& path) = 0;
    virtual void removeWhenRead() = 0;  ///< deletes the file when its last reader, such as a snapshot, is gone
};

/// Deletes from a folder of untitled projects the temporary files of processes that have ended.
void removeAbandoned(const std::string& folder);

/// Text of a list version, read over a connection of its own. Errors: notFound, kDamaged, store. Thread-safe.
Result<std::string> readListText(const DbAddress& at, const std::string& name, const std::string& date);

}  // namespace weir::store
