// Values, tables and words: stored together in one transaction, read one by one.
#include "core/store/sqlite_project.h"

#include <algorithm>

namespace weir::store {
namespace {

Status writeValue(Db& db, const std::string& key, const std::string& value) {
    auto insert = db.prepare("INSERT OR REPLACE INTO value VALUES(?, ?)");
    if (!insert) return insert.error();
    return insert->bind(1, key).bind(2, value).run();
}

Result<std::optional<std::string>> readValue(const Db& db, const std::string& key) {
    auto select = db.prepare("SELECT value FROM value WHERE key = ?");
    if (!select) return select.error();
    const auto row = select->bind(1, key).step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::string>();
    std::string text = select->textAt(0);
    if (!select->wellTyped()) return Error{kDamaged, "value " + key + ": it is not text", 0};
    return std::optional<std::string>(std::move(text));
}

}  // namespace

Status SqliteProject::save(const Changes& changes, JobContext& job) {
    std::vector<EncodedWords> words;
    for (const Changes::Words& w : changes.words) {
        auto encoded = encodeWords(w, job);
        if (!encoded) return encoded.error();
        words.push_back(std::move(*encoded));
    }
    return edit([&](Db& db) -> Status {
        for (const flow::Table& table : changes.tables)
            if (const Status s = writeTable(db, table); !s) return s;
        for (const EncodedWords& w : words)
            if (const Status s = writeWords(db, w); !s) return s;
        for (const std::string& name : changes.removedWords)
            if (const Status s = deleteWords(db, name); !s) return s;
        for (const auto& [key, value] : changes.values)
            if (const Status s = writeValue(db, key, value); !s) return s;
        return ok();
    });
}

Status SqliteProject::changeTable(const std::string& name, const TableChange& change) {
    return edit([&](Db& db) -> Status {
        const auto present = readTable(db, name);
        if (!present) return present.error();
        const auto next = change(*present);
        return next ? writeTable(db, *next) : Status(next.error());
    });
}

Status SqliteProject::changeValue(const std::string& key, const ValueChange& change) {
    return edit([&](Db& db) -> Status {
        const auto present = readValue(db, key);
        if (!present) return present.error();
        const auto next = change(*present);
        return next ? writeValue(db, key, *next) : Status(next.error());
    });
}

Result<std::optional<std::string>> SqliteProject::value(const std::string& key) const {
    Result<std::optional<std::string>> out = std::optional<std::string>();
    const Status looked = read([&](const Db& db) -> Status {
        out = readValue(db, key);
        return out ? ok() : Status(out.error());
    });
    if (!looked) return looked.error();
    return out;
}

Result<std::optional<flow::Table>> SqliteProject::loadTable(const std::string& name) const {
    Result<std::optional<flow::Table>> out = std::optional<flow::Table>();
    const Status looked = read([&](const Db& db) -> Status {
        out = readTable(db, name);
        return out ? ok() : Status(out.error());
    });
    if (!looked) return looked.error();
    return out;
}

Status ProjectFile::setValue(const std::string& key, const std::string& value) {
    JobContext job;
    return save({{}, {}, {}, {{key, value}}}, job);
}

Status ProjectFile::saveTable(const flow::Table& table) {
    JobContext job;
    return save({{table}, {}, {}, {}}, job);
}

Status ProjectFile::saveWords(const std::string& name, std::span<const std::uint64_t> words, JobContext& job) {
    const auto fill = [words](std::uint64_t from, std::span<std::uint64_t> out) {
        std::copy_n(words.data() + from, out.size(), out.data());
    };
    return save({{}, {{name, words.size(), fill}}, {}, {}}, job);
}

}  // namespace weir::store
