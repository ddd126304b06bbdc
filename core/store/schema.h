// Tables of the project file, their keys, and the way from older versions to this one.
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

inline constexpr std::int64_t kApplicationId = 0x57656972;  ///< "Weir"
inline constexpr int kSchemaVersion = 4;

/// Key of a column chunk: column << 56 | source << 32 | chunk, so that a column of a source is one key range.
constexpr std::int64_t chunkKey(flow::Col column, std::uint32_t source, std::uint32_t chunk) {
    return std::int64_t(std::uint64_t(column) << 56 | std::uint64_t(source) << 32 | chunk);
}
inline constexpr std::uint32_t kMostSources = (1u << 24) - 1;

/// Parts of a source's address list: IPv4, high and low half of IPv6.
enum class HostPart : std::uint8_t { v4 = 0, v6High = 1, v6Low = 2 };
/// Key of a block of addresses: source << 32 | part << 28 | block.
constexpr std::int64_t hostKey(std::uint32_t source, HostPart part, std::uint32_t block) {
    return std::int64_t(std::uint64_t(source) << 32 | std::uint64_t(part) << 28 | block);
}
/// Key of a chunk of words: id of the words << 32 | chunk.
constexpr std::int64_t wordsKey(std::int64_t words, std::uint32_t chunk) { return words << 32 | chunk; }

/// Page size and vacuum mode (before the first table), tables, views, ids and version.
Status createSchema(Db& db);

/// The tables that createSchema() makes.
inline constexpr const char* kTableNames[] = {
    "source",  "source_drop", "chunk", "host", "words",   "words_chunk", "value",
    "counter", "flow_column", "list",  "mark", "silence", "exporter",    "exporter_interface"};
/// Whether the text by which a table was made is ours, to the letter; those of migrated files may differ.
bool isOwnDefinition(std::string_view table, std::string_view sql);

/// One step from `from` to from + 1.
struct Migration {
    int from;
    Status (*run)(Db& db);
};
std::span<const Migration> migrations();

/// The file's version. Errors: badMagic (no Weir project), unsupported (made by a newer Weir).
Result<int> versionOf(Db& db, const std::string& path);
/// Writes the older project `old` to the new file `copy` and brings it to kSchemaVersion there.
Status migrateCopy(const Db& old, const std::string& copy, int from, std::span<const Migration> steps);
/// Brings an older file to kSchemaVersion: works on a copy, keeps the old file as `path.v<old>`, puts the copy in its
/// place.
Status migrate(const std::string& path, int from, std::span<const Migration> steps);

/// What is wrong with the tables of the file: empty when all that the present version has are there, as they were made.
/// One line a table; `older`: a table or column that came with a later version may be missing. Errors: kDamaged, when
/// the schema cannot be read; store.
struct LayoutFault {
    std::string table, what;
};
Result<std::vector<LayoutFault>> layoutFaults(const Db& db, bool older);
/// True for the tables without which no record can be read.
bool isVitalTable(std::string_view name);

/// Deletes the chunks of a source.
Status purgeChunks(Db& db, std::uint32_t number);
/// Deletes all rows of a source, whatever its state.
Status purgeSource(Db& db, std::uint32_t number);

}  // namespace weir::store
