// Lists of the project: one row per version, with its text as it was added.
#include "core/store/saved_lists.h"

#include "core/store/sqlite_project.h"

namespace weir::store {

Status SqliteProject::saveList(const StoredList& list, std::string_view text) {
    return edit([&](Db& db) -> Status {
        auto insert = db.prepare(
            "INSERT OR REPLACE INTO list(name, date, source, licence, sha256, format, entries, rejected, added_at, "
            "text)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        if (!insert) return insert.error();
        insert->bind(1, list.name)
            .bind(2, list.date)
            .bind(3, list.source)
            .bind(4, list.licence)
            .bind(5, list.sha256)
            .bind(6, list.format);
        return insert->bind(7, std::int64_t(list.entries))
            .bind(8, std::int64_t(list.rejected))
            .bind(9, list.addedAt)
            .bind(10, text)
            .run();
    });
}

Result<std::vector<StoredList>> readLists(const Db& db) {
    auto select = db.prepare(
        "SELECT name, date, source, licence, sha256, format, entries, rejected, added_at FROM list ORDER BY name, "
        "date");
    if (!select) return select.error();
    std::vector<StoredList> out;
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return out;
        out.push_back({select->textAt(0), select->textAt(1), select->textAt(2), select->textAt(3), select->textAt(4),
                       select->textAt(5), std::uint64_t(select->intAt(6)), std::uint64_t(select->intAt(7)),
                       select->textAt(8)});
        if (!select->wellTyped() || select->intAt(6) < 0 || select->intAt(7) < 0)
            return Error{kDamaged, "lists: a row has an impossible value", 0};
    }
}

Result<std::vector<StoredList>> SqliteProject::lists() const {
    Result<std::vector<StoredList>> out = std::vector<StoredList>();
    const Status looked = read([&](const Db& db) -> Status {
        out = readLists(db);
        return out ? ok() : Status(out.error());
    });
    if (!looked) return looked.error();
    return out;
}

DbAddress SqliteProject::listTexts() const {
    return readOnly() ? DbAddress{readOnly_.memory, OpenMode::memory} : DbAddress{path_, OpenMode::readOnly};
}

Result<std::string> readListText(const DbAddress& at, const std::string& name, const std::string& date) {
    const auto db = Db::open(at);
    if (!db) return db.error();
    auto select = db->prepare("SELECT text FROM list WHERE name = ? AND date = ?");
    if (!select) return select.error();
    const auto row = select->bind(1, name).bind(2, date).step();
    if (!row) return row.error();
    if (!*row)
        return Error{Errc::notFound, "the project has no list @" + name + (date.empty() ? "" : " of " + date), 0};
    std::string text = select->textAt(0);
    if (!select->wellTyped())
        return Error{kDamaged, at.name + ": damaged: list " + name + ": its text is stored as another type", 0};
    return text;
}

Result<std::size_t> SqliteProject::removeList(const std::string& name) {
    std::size_t removed = 0;
    const Status done = edit([&](Db& db) -> Status {
        auto drop = db.prepare("DELETE FROM list WHERE name = ?");
        if (!drop) return drop.error();
        if (const Status s = drop->bind(1, name).run(); !s) return s;
        removed = std::size_t(db.changes());
        return ok();
    });
    if (!done) return done.error();
    return removed;
}

}  // namespace weir::store
