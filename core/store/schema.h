// Tables of the project file, their keys, and migration from older versions.
#pragma once

#include "core/base/result.h"
#include "core/flow/schema.h"
#include "core/store/sqlite_db.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::store {

inline constexpr std::int64_t kApplicationId = 0x57656972;  ///< PRAGMA application_id: "Weir"
inline constexpr int kSchemaVersion = 4;                    ///< PRAGMA user_version of the present version

/// Key of a column chunk: column << 56 | source << 32 | chunk, so that each column of a source is one range of keys.
constexpr std::int64_t chunkKey(flow::Col column, std::uint32_t source, std::uint32_t chunk) {
    return std::int64_t(std::uint64_t(column) << 56 | std::uint64_t(source) << 32 | chunk);
}
inline constexpr std::uint32_t kMaxSource = (1u << 24) - 1;  ///< highest source number: 24 bits of chunkKey()

/// Parts of a source's address list: IPv4, high and low half of IPv6.
enum class HostPart : std::uint8_t { v4 = 0, v6High = 1, v6Low = 2 };
/// Key of a block of addresses: source << 32 | part << 28 | block.
constexpr std::int64_t hostKey(std::uint32_t source, HostPart part, std::uint32_t block) {
    return std::int64_t(std::uint64_t(source) << 32 | std::uint64_t(part) << 28 | block);
}
/// Key of a chunk of words: id of the words << 32 | chunk.
constexpr std::int64_t wordsKey(std::int64_t words, std::uint32_t chunk) { return words << 32 | chunk; }

/// Sets page size and vacuum mode, then creates tables, views, ids and version. REQUIRES: an empty database. Errors:
/// store.
Status createSchema(Db& db);

/// The tables that createSchema() creates.
inline constexpr const char* kTableNames[] = {
    "source",  "source_drop", "chunk", "host", "words",   "words_chunk", "value",
    "counter", "flow_column", "list",  "mark", "silence", "exporter",    "exporter_interface"};
/// Whether `sql` is exactly the text with which createSchema() creates the table. The tables of migrated files may have
/// another text.
bool isOwnDefinition(std::string_view table, std::string_view sql);

/// One migration step, from version `from` to from + 1.
struct Migration {
    int from;
    Status (*run)(Db& db);  ///< called in a transaction; sets no version
};
/// All steps, oldest first.
std::span<const Migration> migrations();

/// Version of the file. `path` is for error texts. Errors: badMagic ("PATH is not a Weir project"), unsupported
/// (written by a newer Weir; the text says so), store.
Result<int> versionOf(Db& db, const std::string& path);
/// Copies the older project `old` of version `from` to the new file `copy` and migrates the copy. Errors: unsupported
/// (no step leads from that version), store, kDamaged.
Status migrateCopy(const Db& old, const std::string& copy, int from, std::span<const Migration> steps);
/// Migrates the file at `path`: works on a copy, keeps the old file as `path.v<from>`, then replaces it by the copy.
/// REQUIRES: the turn to write and the gate (ProjectLock). Errors: as migrateCopy(), io.
Status migrate(const std::string& path, int from, std::span<const Migration> steps);

/// What is wrong with one table: "it is missing", "its column path was changed".
struct LayoutFault {
    std::string table, what;
};
/// Compares the tables of the file with those of the present version; empty = all are there, as created. At most one
/// fault per table. `older`: tables and columns of later versions may be missing. Errors: kDamaged (the schema cannot
/// be read), store.
Result<std::vector<LayoutFault>> layoutFaults(const Db& db, bool older);
/// Whether no record can be read without this table.
bool isVitalTable(std::string_view name);

/// Deletes the column chunks of a source. REQUIRES: a transaction. Errors: store.
Status purgeChunks(Db& db, std::uint32_t number);
/// Deletes everything of a source, whatever its state, in a transaction or savepoint of its own. Errors: store.
Status purgeSource(Db& db, std::uint32_t number);

}  // namespace weir::store
