// Changes over SQLite's own interface, and of the bytes of the file.
#include "tests/support/project_mutator.h"

#include "core/store/column_codec.h"

#include <sqlite3.h>
#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>

namespace weir::support {
namespace {

struct CloseDb {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct FreeStmt {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Stmt = std::unique_ptr<sqlite3_stmt, FreeStmt>;

Db openDb(const std::string& path) {
    sqlite3* db = nullptr;
    sqlite3_open(path.c_str(), &db);
    return Db(db);
}
Stmt prepare(const Db& db, const std::string& sql) {
    sqlite3_stmt* s = nullptr;
    sqlite3_prepare_v2(db.get(), sql.c_str(), -1, &s, nullptr);
    return Stmt(s);
}
void exec(const Db& db, const std::string& sql) { sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr); }

std::string textOf(sqlite3_stmt* s, int column) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(s, column));
    return text ? text : "";
}
std::vector<std::string> texts(const Db& db, const std::string& sql) {
    std::vector<std::string> out;
    const Stmt s = prepare(db, sql);
    // A view that an earlier change put in the place of a table may have no end.
    while (s && out.size() < 2000 && sqlite3_step(s.get()) == SQLITE_ROW) out.push_back(textOf(s.get(), 0));
    return out;
}

const std::string& oneOf(const std::vector<std::string>& list, const Draw& draw) {
    return list[std::size_t(draw() % list.size())];
}

constexpr std::int64_t kNumbers[] = {0,
                                     1,
                                     -1,
                                     2,
                                     7,
                                     255,
                                     256,
                                     65535,
                                     65536,
                                     65537,
                                     0x7fffffff,
                                     0x80000000,
                                     0xffffffff,
                                     0x100000000,
                                     std::int64_t{1} << 40,
                                     std::int64_t{1} << 56,
                                     1'700'000'000'000'000,
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max() - 1};

std::int64_t oddNumber(const Draw& draw) {
    const std::uint64_t how = draw();
    return how % 4 == 0 ? std::int64_t(draw()) : kNumbers[how / 4 % std::size(kNumbers)];
}

std::vector<char> oddBytes(const Draw& draw) {
    std::vector<char> out(std::size_t(draw() % 3 == 0 ? draw() % 5000 : draw() % 40));
    for (char& c : out) c = char(draw());
    return out;
}

/// A cell that may be anything.
void bindAnything(sqlite3_stmt* s, int index, const Draw& draw) {
    switch (draw() % 8) {
        case 0: sqlite3_bind_null(s, index); break;
        case 1: sqlite3_bind_double(s, index, draw() % 2 ? 1e308 : -0.5); break;
        case 2: {
            const auto bytes = oddBytes(draw);
            sqlite3_bind_text(s, index, bytes.data(), int(bytes.size()), SQLITE_TRANSIENT);
            break;
        }
        case 3: {
            const auto bytes = oddBytes(draw);
            sqlite3_bind_blob(s, index, bytes.data(), int(bytes.size()), SQLITE_TRANSIENT);
            break;
        }
        default: sqlite3_bind_int64(s, index, oddNumber(draw)); break;
    }
}

/// A row of a table, by a condition that names it (rowid, or its first column).
struct Place {
    std::string table, where;
};
Place randomRow(const Db& db, const Draw& draw) {
    const auto tables = texts(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    if (tables.empty()) return {};
    for (int attempt = 0; attempt < 8; ++attempt) {
        const std::string table = oneOf(tables, draw);
        auto keys = texts(db, "SELECT rowid FROM \"" + table + "\" LIMIT 2000");
        if (!keys.empty()) return {table, "rowid = " + oneOf(keys, draw)};
        const auto columns = texts(db, "SELECT name FROM pragma_table_info('" + table + "')");
        if (columns.empty()) continue;
        keys = texts(db, "SELECT quote(\"" + columns[0] + "\") FROM \"" + table + "\"");
        if (!keys.empty()) return {table, "\"" + columns[0] + "\" = " + oneOf(keys, draw)};
    }
    return {};
}

std::string changeCell(const Db& db, const Draw& draw) {
    const Place place = randomRow(db, draw);
    const auto columns = texts(db, "SELECT name FROM pragma_table_info('" + place.table + "')");
    if (columns.empty()) return {};
    const std::string& column = oneOf(columns, draw);
    const std::string sql = "UPDATE OR REPLACE \"" + place.table + "\" SET \"" + column + "\" = ";
    const bool nudge = draw() % 4 == 0;
    const Stmt s = prepare(db, sql + (nudge ? "\"" + column + "\" + 1" : "?") + " WHERE " + place.where);
    if (!s) return {};
    if (!nudge) bindAnything(s.get(), 1, draw);
    sqlite3_step(s.get());
    return place.table + "." + column + " of " + place.where;
}

std::string changeRow(const Db& db, const Draw& draw) {
    const Place place = randomRow(db, draw);
    if (place.table.empty()) return {};
    switch (draw() % 3) {
        case 0:
            exec(db, "DELETE FROM \"" + place.table + "\" WHERE " + place.where);
            return "a row less: " + place.table;
        case 1:
            exec(db, "UPDATE OR REPLACE \"" + place.table + "\" SET rowid = rowid + " + std::to_string(draw() % 3 + 1) +
                         " WHERE " + place.where);
            return "another number: " + place.table;
        default: exec(db, "DELETE FROM \"" + place.table + "\""); return "no rows: " + place.table;
    }
}

struct BlobTable {
    const char *table, *column;
};
constexpr BlobTable kBlobs[] = {{"chunk", "data"}, {"chunk", "data"}, {"host", "data"}, {"words_chunk", "data"}};

/// The checksum of a blob's payload, as the store works it out, put where the store looks for it.
void forgeSum(std::vector<char>& blob) {
    constexpr std::size_t kFrame = 16;
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
    if (blob.size() < kFrame) return;
    std::array<std::uint64_t, 4> lane{blob.size() - kFrame + 1, 2, 3, 4};
    std::size_t at = kFrame;
    for (; at + 32 <= blob.size(); at += 32)
        for (std::size_t k = 0; k < 4; ++k) {
            std::uint64_t w;
            std::memcpy(&w, blob.data() + at + 8 * k, 8);
            lane[k] = (lane[k] ^ w) * kOdd;
        }
    for (; at < blob.size(); ++at) lane[0] = (lane[0] ^ static_cast<unsigned char>(blob[at])) * kOdd;
    std::uint64_t h = 0;
    for (const std::uint64_t v : lane) h = (h ^ v ^ (v >> 29)) * kOdd;
    h ^= h >> 32;
    std::memcpy(blob.data() + 8, &h, 8);
}

std::string changeBlob(const Db& db, const Draw& draw) {
    const BlobTable& t = kBlobs[draw() % std::size(kBlobs)];
    const auto ids = texts(db, std::string("SELECT id FROM ") + t.table);
    if (ids.empty()) return {};
    const std::string id = oneOf(ids, draw);
    std::vector<char> blob;
    {
        const Stmt s = prepare(db, std::string("SELECT ") + t.column + " FROM " + t.table + " WHERE id = " + id);
        if (!s || sqlite3_step(s.get()) != SQLITE_ROW) return {};
        const auto* data = static_cast<const char*>(sqlite3_column_blob(s.get(), 0));
        if (data) blob.assign(data, data + sqlite3_column_bytes(s.get(), 0));
    }
    if (blob.empty()) return {};
    const bool sealed = draw() % 4 != 0;
    const std::uint64_t how = draw() % 6;
    if (how == 0)
        blob.resize(std::size_t(draw() % blob.size()));
    else if (how == 1)
        blob.insert(blob.end(), std::size_t(draw() % 64 + 1), char(draw()));
    else
        for (std::uint64_t n = draw() % 4 + 1; n > 0; --n) {
            const std::size_t from = draw() % 2 ? 0 : std::min<std::size_t>(16, blob.size() - 1);
            const std::size_t at =
                from +
                std::size_t(draw() % std::min<std::size_t>(blob.size() - from, draw() % 2 ? 32 : blob.size() - from));
            blob[at] = char(draw() % 3 == 0 ? 0xff : draw() % 2 ? int(draw()) : blob[at] ^ (1 << draw() % 8));
        }
    if (sealed) forgeSum(blob);
    const Stmt s = prepare(db, std::string("UPDATE ") + t.table + " SET " + t.column + " = ? WHERE id = " + id);
    if (!s) return {};
    sqlite3_bind_blob(s.get(), 1, blob.data(), int(blob.size()), SQLITE_TRANSIENT);
    sqlite3_step(s.get());
    return std::string(sealed ? "sealed " : "") + "blob of " + t.table + " " + id;
}

template <class T>
bool changeValues(std::vector<char>& blob, std::size_t rows, const Draw& draw, std::int64_t& lo, std::int64_t& hi) {
    std::vector<T> values(rows);
    if (!store::decodeColumn(std::as_bytes(std::span(blob)), std::span<T>(values))) return false;
    for (std::uint64_t n = draw() % 3 + 1; n > 0; --n)
        values[std::size_t(draw() % rows)] = static_cast<T>(oddNumber(draw));
    if (draw() % 8 == 0) std::fill(values.begin(), values.end(), static_cast<T>(oddNumber(draw)));
    store::Bytes out;
    const auto range = store::encodeColumn(std::span<const T>(values), store::Packing(draw() % 3), out);
    lo = static_cast<std::int64_t>(range.low);
    hi = static_cast<std::int64_t>(range.high);
    blob.assign(reinterpret_cast<const char*>(out.data()), reinterpret_cast<const char*>(out.data()) + out.size());
    return true;
}

/// Values that no capture has, well packed, with or without a true range beside them.
std::string changeColumn(const Db& db, const Draw& draw) {
    const bool words = draw() % 5 == 0;
    const auto ids = texts(db, words ? "SELECT id FROM words_chunk" : "SELECT id FROM chunk");
    if (ids.empty()) return {};
    const std::string id = oneOf(ids, draw);
    const std::string table = words ? "words_chunk" : "chunk";
    std::vector<char> blob;
    {
        const Stmt s = prepare(db, "SELECT data FROM " + table + " WHERE id = " + id);
        if (!s || sqlite3_step(s.get()) != SQLITE_ROW) return {};
        const auto* data = static_cast<const char*>(sqlite3_column_blob(s.get(), 0));
        if (data) blob.assign(data, data + sqlite3_column_bytes(s.get(), 0));
    }
    const std::size_t rows = store::columnRows(std::as_bytes(std::span(blob)));
    if (rows == 0 || rows > 65536) return {};
    std::int64_t lo = 0, hi = 0;
    bool done = false;
    switch (blob[1]) {
        case 1: done = changeValues<std::uint8_t>(blob, rows, draw, lo, hi); break;
        case 2: done = changeValues<std::uint16_t>(blob, rows, draw, lo, hi); break;
        case 4: done = changeValues<std::uint32_t>(blob, rows, draw, lo, hi); break;
        case 8:
            done = draw() % 2 ? changeValues<std::int64_t>(blob, rows, draw, lo, hi)
                              : changeValues<std::uint64_t>(blob, rows, draw, lo, hi);
            break;
        default: break;
    }
    if (!done) return {};
    const bool honest = !words && draw() % 3 != 0;
    const Stmt s =
        prepare(db, "UPDATE " + table + " SET data = ?1" + (honest ? ", lo = ?2, hi = ?3" : "") + " WHERE id = " + id);
    if (!s) return {};
    sqlite3_bind_blob(s.get(), 1, blob.data(), int(blob.size()), SQLITE_TRANSIENT);
    if (honest) {
        sqlite3_bind_int64(s.get(), 2, std::min(lo, hi));
        sqlite3_bind_int64(s.get(), 3, std::max(lo, hi));
    }
    sqlite3_step(s.get());
    return "values of " + table + " " + id;
}

constexpr const char* kSchemaChanges[] = {
    "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE type = 'table'",
    "UPDATE sqlite_master SET sql = replace(sql, 'INTEGER', 'TEXT') WHERE type = 'table' AND name = ?1",
    "UPDATE sqlite_master SET sql = replace(sql, 'BLOB', 'INTEGER') WHERE type = 'table'",
    "UPDATE sqlite_master SET sql = replace(sql, 'WITHOUT ROWID', '') WHERE name = ?1",
    "UPDATE sqlite_master SET sql = replace(sql, ' lo ', ' low ') WHERE name = 'chunk'",
    "UPDATE sqlite_master SET rootpage = ?2 WHERE name = ?1",
    "UPDATE sqlite_master SET name = 'x', tbl_name = 'x' WHERE name = ?1",
    "UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = ?1",
    "DELETE FROM sqlite_master WHERE name = ?1",
};

std::string changeSchema(const Db& db, const Draw& draw) {
    const auto tables = texts(db, "SELECT name FROM sqlite_master WHERE type = 'table'");
    if (tables.empty()) return {};
    const std::string table = oneOf(tables, draw);
    if (draw() % 3 == 0) {
        const char* const made[] = {
            "CREATE VIEW \"%\" AS SELECT * FROM old_table",
            "CREATE VIEW \"%\" AS WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c) SELECT id, 1 AS n "
            "FROM c",
            "CREATE VIRTUAL TABLE \"%\" USING fts5(text)",
            "CREATE TABLE \"%\"(id INTEGER PRIMARY KEY, n AS (zeroblob(100000000)), data AS (1))"};
        std::string sql = made[draw() % std::size(made)];
        sql.replace(sql.find('%'), 1, table);
        exec(db, "ALTER TABLE \"" + table + "\" RENAME TO old_table");
        exec(db, sql);
        return "something else in the place of " + table;
    }
    if (draw() % 5 == 0) {
        exec(db,
             "CREATE TRIGGER trap AFTER INSERT ON value BEGIN DELETE FROM source; END; CREATE TRIGGER trap2 AFTER "
             "UPDATE ON source BEGIN DELETE "
             "FROM chunk; END");
        return "triggers";
    }
    const char* const sql = kSchemaChanges[draw() % std::size(kSchemaChanges)];
    exec(db, "PRAGMA writable_schema = ON");
    const Stmt s = prepare(db, sql);
    if (!s) return {};
    sqlite3_bind_text(s.get(), 1, table.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(s.get(), 2, std::int64_t(draw() % 40));
    sqlite3_step(s.get());
    return "schema of " + table + ": " + sql;
}

std::string changeText(const Db& db, const Draw& draw) {
    const auto keys = texts(db, "SELECT key FROM value");
    if (keys.empty()) return {};
    const std::string key = oneOf(keys, draw);
    const char* const parts[] = {"\"600\"", "\"1\"", "true", "\"86400\"", "|", "{", " ", "10.0.0.0/8"};
    const char* const others[] = {
        "\"1e300\"", "\"99999999999999999999\"", "\"-1\"", "\"nan\"", "\"0\"", "{{{{{{{{[[[[[", "\xff\xfe", "::/0",
        "1000000"};
    const Stmt s = prepare(db, "UPDATE value SET value = replace(value, ?1, ?2) WHERE key = ?3");
    if (!s) return {};
    sqlite3_bind_text(s.get(), 1, parts[draw() % std::size(parts)], -1, SQLITE_STATIC);
    sqlite3_bind_text(s.get(), 2, others[draw() % std::size(others)], -1, SQLITE_STATIC);
    sqlite3_bind_text(s.get(), 3, key.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_step(s.get());
    return "text of " + key;
}

std::string changePages(const std::string& path, const Draw& draw) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    std::error_code ignored;
    const std::uint64_t size = std::filesystem::file_size(path, ignored);
    constexpr std::uint64_t kPage = 16384;
    if (size < 100) return {};
    const std::uint64_t pages = (size + kPage - 1) / kPage;
    const std::uint64_t how = draw() % 6;
    if (how == 0) {
        file.close();
        std::filesystem::resize_file(path, draw() % size, ignored);
        return "cut";
    }
    if (how == 1) {  // a page in the place of another
        std::vector<char> page(kPage);
        file.seekg(std::streamoff(draw() % pages * kPage));
        file.read(page.data(), std::streamsize(page.size()));
        file.clear();
        file.seekp(std::streamoff(draw() % pages * kPage));
        file.write(page.data(), std::streamsize(page.size()));
        return "a page copied over another";
    }
    const bool header = how == 2;
    for (std::uint64_t n = draw() % 8 + 1; n > 0; --n) {
        const std::uint64_t page = header ? 0 : draw() % pages;
        // Heads of pages say most.
        const std::uint64_t within = header ? draw() % 100 : draw() % (draw() % 2 ? 64 : kPage);
        file.seekp(std::streamoff(std::min(page * kPage + within + (page == 0 && !header ? 100 : 0), size - 1)));
        file.put(char(draw()));
    }
    return header ? "bytes of the header" : "bytes of pages";
}

}  // namespace

std::string damageProject(const std::string& path, const Draw& draw) {
    std::string what;
    for (std::uint64_t n = draw() % 3 + 1; n > 0; --n) {
        const std::uint64_t how = draw() % 16;
        std::string one;
        if (how < 3) {
            {
                const Db db = openDb(path);
                exec(db, "PRAGMA journal_mode = DELETE");
            }
            one = changePages(path, draw);
        } else {
            const Db db = openDb(path);
            exec(db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
            one = how < 6    ? changeCell(db, draw)
                  : how < 9  ? changeBlob(db, draw)
                  : how < 12 ? changeColumn(db, draw)
                  : how < 13 ? changeRow(db, draw)
                  : how < 14 ? changeSchema(db, draw)
                  : how < 15 ? changeText(db, draw)
                             : changeCell(db, draw);
        }
        if (!one.empty()) what += (what.empty() ? "" : "; ") + one;
    }
    return what;
}

}  // namespace weir::support
