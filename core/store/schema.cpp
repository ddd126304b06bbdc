// SQL of the present version; identifying and migrating project files.
#include "core/store/schema.h"

#include "core/store/file_ops.h"

#include <filesystem>
#include <initializer_list>

namespace weir::store {
namespace {

constexpr const char* kPages = "PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL;";

// clang-format off
constexpr const char* kTables = R"sql(
CREATE TABLE source(
  number INTEGER PRIMARY KEY,          -- from 1, never reused
  state TEXT NOT NULL,                 -- importing, complete, removed
  owner INTEGER NOT NULL DEFAULT 0,    -- process that imports it or may undo its removal
  path TEXT, kind TEXT, sha256 TEXT,
  flows INTEGER, packets INTEGER, bytes INTEGER,
  first_us INTEGER, last_us INTEGER,   -- microseconds since 1970 UTC
  file_bytes INTEGER, packets_seen INTEGER, seconds REAL,
  imported_at TEXT, settings TEXT,
  folder TEXT NOT NULL DEFAULT '');    -- the folder that was imported, '' = a single file
CREATE TABLE source_drop(
  source INTEGER NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, first_offset INTEGER NOT NULL, damage INTEGER NOT NULL,
  PRIMARY KEY(source, reason)) WITHOUT ROWID;
CREATE TABLE chunk(                    -- flow records by column: id = column << 56 | source << 32 | chunk
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL, lo INTEGER, hi INTEGER, data BLOB NOT NULL);
CREATE TABLE host(                     -- addresses of a source in order: id = source << 32 | part << 28 | block
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL, first INTEGER NOT NULL, data BLOB NOT NULL);
CREATE TABLE words(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n INTEGER NOT NULL);
CREATE TABLE words_chunk(              -- id = words.id << 32 | chunk
  id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE value(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE flow_column(number INTEGER PRIMARY KEY, ipfix TEXT NOT NULL, unit TEXT NOT NULL);
CREATE VIEW chunk_list AS
  SELECT (id >> 32) & 0xffffff AS source, ipfix AS column, id & 0xffffffff AS chunk, n, lo, hi, length(data) AS bytes
  FROM chunk JOIN flow_column ON flow_column.number = id >> 56;
)sql";
// Since version 2.
constexpr const char* kExporterTables = R"sql(
CREATE TABLE exporter(                 -- number: as the records' column exporter has it
  source INTEGER NOT NULL, number INTEGER NOT NULL, address TEXT NOT NULL, domain INTEGER NOT NULL, version INTEGER NOT NULL,
  datagrams INTEGER NOT NULL, records INTEGER NOT NULL, lost INTEGER NOT NULL, gaps INTEGER NOT NULL, sampling INTEGER NOT NULL,
  PRIMARY KEY(source, number)) WITHOUT ROWID;
CREATE TABLE exporter_interface(
  source INTEGER NOT NULL, exporter INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY(source, exporter, number)) WITHOUT ROWID;
)sql";
// Since version 3.
constexpr const char* kListTables = R"sql(
CREATE TABLE list(                     -- a list as of a day; several days of one name are its vintages
  name TEXT NOT NULL COLLATE NOCASE, date TEXT NOT NULL,  -- YYYY-MM-DD, or '' = not known
  source TEXT NOT NULL, licence TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL,
  entries INTEGER NOT NULL, rejected INTEGER NOT NULL, added_at TEXT NOT NULL, text TEXT NOT NULL,
  UNIQUE(name, date));
)sql";
// Since version 4: until then tables of texts that were read and written as a whole.
constexpr const char* kMarkTables = R"sql(
CREATE TABLE mark(                     -- rows that a filter matches have the tag
  tag TEXT NOT NULL COLLATE NOCASE, filter TEXT NOT NULL, note TEXT NOT NULL, time TEXT NOT NULL,
  UNIQUE(tag, filter));
CREATE TABLE silence(                  -- records that a filter matches do not get the code ('' = any code) up to the day ('' = for good)
  code TEXT NOT NULL COLLATE NOCASE, filter TEXT NOT NULL, note TEXT NOT NULL, until TEXT NOT NULL, time TEXT NOT NULL,
  UNIQUE(code, filter));
)sql";
// clang-format on

Status fillColumnNames(Db& db) {
    auto insert = db.prepare("INSERT INTO flow_column VALUES(?, ?, ?)");
    if (!insert) return insert.error();
    for (const flow::ColumnInfo& c : flow::kColumns)
        if (const Status s = insert->bind(1, std::int64_t(c.col)).bind(2, c.ipfix).bind(3, c.unit).run(); !s) return s;
    return ok();
}

}  // namespace

bool isOwnDefinition(std::string_view table, std::string_view sql) {
    if (!sql.starts_with("CREATE TABLE " + std::string(table) + "(")) return false;
    for (const std::string_view ours : {kTables, kExporterTables, kListTables, kMarkTables})
        if (ours.find(sql) != std::string_view::npos) return true;
    return false;
}

Status createSchema(Db& db) {
    if (const Status s = db.exec(kPages); !s) return s;
    auto frame = Transaction::begin(db);
    if (!frame) return frame.error();
    if (const Status s = db.exec(kTables); !s) return s;
    if (const Status s = db.exec(kExporterTables); !s) return s;
    if (const Status s = db.exec(kListTables); !s) return s;
    if (const Status s = db.exec(kMarkTables); !s) return s;
    if (const Status s = fillColumnNames(db); !s) return s;
    if (const Status s = db.exec("PRAGMA application_id = " + std::to_string(kApplicationId) +
                                 "; PRAGMA user_version = " + std::to_string(kSchemaVersion));
        !s)
        return s;
    return frame->commit();
}

namespace {

/// Version 2: folders, exporters and their columns.
Status addExporters(Db& db) {
    if (const Status s =
            db.exec("ALTER TABLE source ADD COLUMN folder TEXT NOT NULL DEFAULT ''; DELETE FROM flow_column");
        !s)
        return s;
    if (const Status s = db.exec(kExporterTables); !s) return s;
    return fillColumnNames(db);
}

/// Version 3: lists.
Status addLists(Db& db) { return db.exec(kListTables); }

/// Moves the rows of a saved table into the table that replaces it.
Status moveRows(Db& db, const char* from, const char* to, std::initializer_list<const char*> columns) {
    const auto there =
        db.number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" + std::string(from) + "'");
    if (!there) return there.error();
    if (*there == 0) return ok();
    std::string list, texts;
    for (const char* column : columns) {
        list.append(list.empty() ? "" : ", ").append(column);
        texts.append(texts.empty() ? "ifnull(" : ", ifnull(").append(column).append(", '')");
    }
    return db.exec("INSERT OR REPLACE INTO " + std::string(to) + "(" + list + ") SELECT " + texts + " FROM " + from +
                   " ORDER BY rowid; DROP TABLE " + from);
}

/// Version 4: marks and silences as rows.
Status addMarks(Db& db) {
    if (const Status s = db.exec(kMarkTables); !s) return s;
    if (const Status s = moveRows(db, "t_mark", "mark", {"tag", "filter", "note", "time"}); !s) return s;
    return moveRows(db, "t_silence", "silence", {"code", "filter", "note", "until", "time"});
}

constexpr Migration kMigrations[] = {{1, addExporters}, {2, addLists}, {3, addMarks}};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

Result<int> versionOf(Db& db, const std::string& path) {
    const auto id = db.number("PRAGMA application_id");
    if (!id) {
        if (id.error().code == Errc::badMagic) return Error{Errc::badMagic, path + " is not a Weir project", 0};
        return id.error();
    }
    if (*id != kApplicationId) return Error{Errc::badMagic, path + " is not a Weir project", 0};
    const auto version = db.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version > kSchemaVersion)
        return Error{Errc::unsupported,
                     path + " was written by a newer Weir (project version " + std::to_string(*version) +
                         ", this program reads up to " + std::to_string(kSchemaVersion) + "); update Weir to open it",
                     0};
    return int(*version);
}

Status migrateCopy(const Db& old, const std::string& copy, int from, std::span<const Migration> steps) {
    auto db = Db::open(copy, OpenMode::create);
    if (!db) return db.error();
    if (const Status s = old.copyInto(*db, [](int, int) { return true; }); !s) return s;
    if (const Status s = db->exec("PRAGMA journal_mode = DELETE"); !s) return s;
    int version = from;
    for (const Migration& m : steps) {
        if (m.from != version) continue;
        auto frame = Transaction::begin(*db);
        if (!frame) return frame.error();
        if (const Status s = m.run(*db); !s) return s;
        if (const Status s = db->exec("PRAGMA user_version = " + std::to_string(++version)); !s) return s;
        if (const Status s = frame->commit(); !s) return s;
    }
    if (version == from)
        return Error{Errc::unsupported, "this program cannot read project version " + std::to_string(from), 0};
    return ok();
}

Status migrate(const std::string& path, int from, std::span<const Migration> steps) {
    const std::string copy = temporaryName(path);
    const TemporaryFile guard(copy);
    {
        const auto old = Db::open(path, OpenMode::readWrite);
        if (!old) return old.error();
        if (const Status s = migrateCopy(*old, copy, from, steps); !s) return s;
    }
    const std::string oldName = path + ".v" + std::to_string(from);
    std::error_code error;
    std::filesystem::create_hard_link(path, oldName, error);
    if (error && !std::filesystem::exists(oldName))
        return Error{Errc::io, "cannot save the old project as " + oldName + ": " + error.message(), 0};
    return publishFile(copy, path, Publish::replace);
}

Status purgeChunks(Db& db, std::uint32_t number) {
    auto chunks = db.prepare("DELETE FROM chunk WHERE id BETWEEN ? AND ?");
    if (!chunks) return chunks.error();
    for (const flow::ColumnInfo& c : flow::kColumns)
        if (const Status s = chunks->bind(1, chunkKey(c.col, number, 0)).bind(2, chunkKey(c.col, number, ~0u)).run();
            !s)
            return s;
    return ok();
}

Status purgeSource(Db& db, std::uint32_t number) {
    auto frame = Transaction::begin(db);
    if (!frame) return frame.error();
    if (const Status s = purgeChunks(db, number); !s) return s;
    for (const char* sql : {"DELETE FROM host WHERE id >> 32 = ?", "DELETE FROM source_drop WHERE source = ?",
                            "DELETE FROM exporter WHERE source = ?", "DELETE FROM exporter_interface WHERE source = ?",
                            "DELETE FROM source WHERE number = ?"}) {
        auto stmt = db.prepare(sql);
        if (!stmt) return stmt.error();
        if (const Status s = stmt->bind(1, std::int64_t(number)).run(); !s) return s;
    }
    return frame->commit();
}

}  // namespace weir::store
