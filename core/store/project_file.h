// The project file: one SQLite database that holds everything (house.md 5).
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/flow/table.h"
#include "core/store/db_address.h"
#include "core/store/source_writer.h"
#include "core/store/stored_types.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::store {

/// A copy of a project that is being made while it is read and written.
class ProjectCopy {
public:
    virtual ~ProjectCopy() = default;
    /// Copies what is there; what is written meanwhile follows. Errors: cancelled, store, io.
    virtual Status run(JobContext& job) = 0;
    /// Copies the rest and gives the copy its name, over a file of that name. REQUIRES: run() was done, and no Writing
    /// is under way in this process.
    virtual Status finish(JobContext& job) = 0;
};

class DamageLog;  ///< damage.h

/// How a project is opened.
struct Opening {
    bool forEditing = false;  ///< a window: one at a time; a second one gets the project read-only
    std::chrono::milliseconds wait = std::chrono::seconds(30);  ///< for the turn to write
    std::string readOnlyReason = {};                            ///< not empty: read-only, and why
    std::string privateFolder = {};  ///< where copies go that reading a write-protected project may need; empty = the
                                     ///< folder for temporary files
};

/// An open project. Thread-safe. What only reads is const; every change is one transaction that is durable when the
/// call returns. Several processes may have a project open: each waits for its turn to write (Errc::busy after
/// Opening::wait).
class ProjectFile {
public:
    /// A new, empty project. It is written under a temporary name and gets its own with its first source, at publish()
    /// or when it is closed; until then others who want to create it wait. Errors: io (`path` exists, or cannot be
    /// made), readOnly (its folder is), busy.
    static Result<std::unique_ptr<ProjectFile>> create(const std::string& path, const Opening& opening = {});
    /// A project that cannot be written is opened read-only: see readOnlyReason().
    static Result<std::unique_ptr<ProjectFile>> open(const std::string& path, const Opening& opening = {});
    virtual ~ProjectFile() = default;

    virtual const std::string& path() const = 0;
    virtual int schemaVersion() const = 0;
    virtual std::uint64_t bytesOnDisk() const = 0;
    /// Why changes do not reach the file; empty = they do. Changes of a read-only project stay in memory: they are read
    /// back, and copied by copyTo(). Sources cannot be added to it.
    virtual const std::string& readOnlyReason() const = 0;
    bool readOnly() const { return !readOnlyReason().empty(); }
    /// What was found damaged so far. A damaged source is left out of sources() and records() from then on, and nothing
    /// is written any more.
    virtual std::shared_ptr<DamageLog> damage() const = 0;
    /// Decodes every chunk and notes what is damaged. Errors: store, cancelled.
    virtual Status checkSources(JobContext& job) const = 0;
    virtual bool hasUnsavedChanges() const = 0;  ///< a read-only project was changed in memory
    /// Gives a new project its name at once.
    virtual Status publish() = 0;
    /// A new project that has no name yet vanishes when it is closed.
    virtual void discard() = 0;
    /// Looks whether other programs changed the file since the last call, and reads what they wrote from now on. A
    /// read-only project with changes in memory stays as it is.
    virtual Result<bool> refresh() = 0;

    virtual Result<std::vector<SourceInfo>> sources() const = 0;
    /// Errors: readOnly, busy, store.
    virtual Result<std::unique_ptr<SourceWriter>> beginSource() = 0;
    virtual Status
    dropUnfinished() = 0;  ///< deletes what cancelled imports left; else the next import, or closing, does
    virtual Status setSourceHash(std::uint32_t number, const std::string& sha256) = 0;
    virtual Status removeSource(std::uint32_t number) = 0;
    virtual Status restoreRemovedSource(std::uint32_t number) = 0;  ///< undo of removeSource while the file is open
    /// A snapshot over the sources present now; stays readable while others are added or removed.
    virtual Result<std::shared_ptr<const flow::ChunkSource>> records(unsigned threads) const = 0;

    virtual Status save(const Changes& changes, JobContext& job) = 0;
    /// Replaces a table, or a value, by what `change` makes of the present one; nobody writes between reading and
    /// writing.
    using TableChange = std::function<Result<flow::Table>(const std::optional<flow::Table>& present)>;
    virtual Status changeTable(const std::string& name, const TableChange& change) = 0;
    using ValueChange = std::function<Result<std::string>(const std::optional<std::string>& present)>;
    virtual Status changeValue(const std::string& key, const ValueChange& change) = 0;
    Status setValue(const std::string& key, const std::string& value);  ///< settings, window state, drafts
    Status saveTable(const flow::Table& table);
    Status saveWords(const std::string& name, std::span<const std::uint64_t> words, JobContext& job);
    virtual Result<std::optional<std::string>> value(const std::string& key) const = 0;
    virtual Result<std::optional<flow::Table>> loadTable(const std::string& name) const = 0;
    virtual Result<std::optional<Buffer<std::uint64_t>>> loadWords(const std::string& name, JobContext& job) const = 0;

    /// One of the same tag (code) and filter is replaced.
    virtual Status saveMark(const Mark& mark) = 0;
    virtual Result<std::vector<Mark>> marks() const = 0;  ///< in the order in which they were made
    /// All marks of a tag, or with a filter that one alone; returns how many there were.
    virtual Result<std::size_t> removeMarks(const std::string& tag, const std::string& filter) = 0;
    virtual Status saveSilence(const Silence& silence) = 0;
    virtual Result<std::vector<Silence>> silences() const = 0;
    virtual Result<std::size_t> removeSilence(const std::string& code, const std::string& filter) = 0;
    /// By name (in any case) and date; one of the same name and date is replaced.
    virtual Status saveList(const StoredList& list, std::string_view text) = 0;
    virtual Result<std::vector<StoredList>> lists() const = 0;  ///< by name, then date
    virtual DbAddress listTexts() const = 0;                    ///< where readListText() finds their texts
    virtual Result<std::size_t> removeList(
        const std::string& name) = 0;  ///< all its vintages; returns how many there were

    /// Begins a copy of the whole project for Save As. Errors: io, readOnly (the folder is), busy (a window has a
    /// project of that name open).
    virtual Result<std::unique_ptr<ProjectCopy>> copyTo(const std::string& path) = 0;
    /// The file is removed when its last reader is done.
    virtual void removeWhenRead() = 0;
};

/// Removes from a folder of untitled projects what processes that are gone left half written.
void removeAbandoned(const std::string& folder);

/// The text of a list, over a connection of its own. Errors: store, notFound.
Result<std::string> readListText(const DbAddress& at, const std::string& name, const std::string& date);

}  // namespace weir::store
