// The project file: one SQLite database that holds everything (house.md 5).
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/chunk_source.h"
#include "core/flow/exporter.h"
#include "core/flow/table.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::store {

struct DropLine {
    std::string reason;
    std::uint64_t count = 0, firstOffset = 0;
    bool damage = true;
};
struct SourceInfo {
    std::uint32_t number = 0;     ///< from 1; never reused
    std::string path, kind, sha256;  ///< sha256 empty until computed
    std::uint64_t flows = 0, packets = 0, bytes = 0;  ///< records; packets and bytes of both directions
    std::int64_t first = 0, last = 0;  ///< µs; 0 when empty
    std::uint64_t fileBytes = 0, packetsSeen = 0;  ///< packetsSeen: packets of a trace, 0 for flow files
    double seconds = 0;
    std::string importedAt;       ///< RFC 3339
    std::string settings;         ///< JSON of the settings it was read with
    std::vector<DropLine> drops;
    std::string group;            ///< the folder it was found in when a folder was imported, else empty
    std::vector<flow::Exporter> exporters;  ///< the column `exporter` counts into it from 1
};

/// Writes the chunks of one source, one source at a time. Nothing is visible before finish(); destroyed without it, nothing is left behind.
/// Column encoding runs on the calling threads; put() may be called from several threads at once.
/// A list of the project as of a day. Its text is read on its own.
struct StoredList {
    std::string name, date;          ///< date: YYYY-MM-DD, empty = not known
    std::string source, licence, sha256;
    std::string format;              ///< lists::LineFormat::id
    std::uint64_t entries = 0, rejected = 0;
    std::string addedAt;             ///< RFC 3339
};

class SourceWriter {
public:
    virtual ~SourceWriter() = default;
    /// Encodes and inserts rows [from, from + n) of all columns but src and dst as a chunk of 1 to kChunkRows rows. Chunk numbers grow
    /// in file order (gaps are fine), each is put once, in any order.
    virtual Status putRows(std::uint32_t chunk, const flow::RecordColumns& columns, std::size_t from, std::size_t n) = 0;
    Status putColumns(std::uint32_t chunk, const flow::RecordColumns& columns) { return putRows(chunk, columns, 0, columns.size()); }
    /// Encodes and inserts final ids (in the id space of `addresses` given to finish).
    virtual Status putIds(std::uint32_t chunk, std::span<const flow::HostId> src, std::span<const flow::HostId> dst) = 0;
    /// Forgets all chunks put so far. No other call may be running.
    virtual Status clear() = 0;
    /// Commits durably. Returns the source's number.
    virtual Result<std::uint32_t> finish(const SourceInfo& info, const flow::AddressTable& addresses) = 0;
};

class ProjectFile {
public:
    /// Makes an empty project at once (error when `path` exists). Its first source is built under a temporary name without a journal and
    /// takes the project's place in finish(); later ones go through the write-ahead log.
    static Result<std::unique_ptr<ProjectFile>> create(const std::string& path);
    static Result<std::unique_ptr<ProjectFile>> open(const std::string& path);
    virtual ~ProjectFile() = default;

    virtual const std::string& path() const = 0;
    virtual int schemaVersion() const = 0;
    virtual std::uint64_t bytesOnDisk() const = 0;
    virtual Result<std::vector<SourceInfo>> sources() const = 0;
    virtual Result<std::unique_ptr<SourceWriter>> beginSource() = 0;
    virtual Status dropUnfinished() = 0;  ///< deletes what cancelled imports left; else the next import, or closing, does
    virtual Status setSourceHash(std::uint32_t number, const std::string& sha256) = 0;
    virtual Status removeSource(std::uint32_t number) = 0;
    virtual Status restoreRemovedSource(std::uint32_t number) = 0;  ///< undo of removeSource while the file is open
    /// A snapshot over the sources present now; stays readable while others are added or removed.
    virtual Result<std::shared_ptr<const flow::ChunkSource>> records(unsigned threads) const = 0;

    virtual Status setValue(const std::string& key, const std::string& value) = 0;  ///< settings, window state, drafts
    virtual Result<std::optional<std::string>> value(const std::string& key) const = 0;
    virtual Status saveTable(const flow::Table& table) = 0;  ///< replaces the table of that name
    virtual Result<std::optional<flow::Table>> loadTable(const std::string& name) const = 0;
    /// A packed column of up to billions of small integers under a name (sign words as codes, …), chunked like records.
    virtual Status saveWords(const std::string& name, std::span<const std::uint64_t> words, JobContext& job) = 0;
    virtual Result<std::optional<Buffer<std::uint64_t>>> loadWords(const std::string& name, JobContext& job) const = 0;
    virtual Status removeWords(const std::string& name) = 0;
    /// By name (in any case) and date; one of the same name and date is replaced.
    virtual Status saveList(const StoredList& list, std::string_view text) = 0;
    virtual Result<std::vector<StoredList>> lists() const = 0;  ///< by name, then date
    virtual Result<std::size_t> removeList(const std::string& name) = 0;  ///< all its vintages; returns how many there were
    /// Copies the whole project (SQLite backup), for Save As.
    virtual Status copyTo(const std::string& path, JobContext& job) const = 0;
};

/// The text of a list of the project at `path`, over a connection of its own. Errors: store, notFound.
Result<std::string> readListText(const std::string& path, const std::string& name, const std::string& date);

}  // namespace weir::store
