// Marks and silences: one row each.
#include "core/store/sqlite_project.h"

namespace weir::store {

Status SqliteProject::saveMark(const Mark& mark) {
    return edit([&](Db& db) -> Status {
        auto insert = db.prepare(
            "INSERT INTO mark(tag, filter, note, time) VALUES(?, ?, ?, ?)"
            " ON CONFLICT(tag, filter) DO UPDATE SET tag = excluded.tag, note = excluded.note, time = excluded.time");
        if (!insert) return insert.error();
        return insert->bind(1, mark.tag).bind(2, mark.filter).bind(3, mark.note).bind(4, mark.time).run();
    });
}

Result<std::vector<Mark>> SqliteProject::marks() const {
    std::vector<Mark> out;
    const Status looked = read([&](const Db& db) -> Status {
        auto select = db.prepare("SELECT tag, filter, note, time FROM mark ORDER BY rowid");
        if (!select) return select.error();
        for (;;) {
            const auto row = select->step();
            if (!row) return row.error();
            if (!*row) return ok();
            out.push_back({select->textAt(0), select->textAt(1), select->textAt(2), select->textAt(3)});
            if (!select->wellTyped()) return Error{kDamaged, "marks: a row has an impossible value", 0};
        }
    });
    if (!looked) return looked.error();
    return out;
}

Result<std::size_t> SqliteProject::removeMarks(const std::string& tag, const std::string& filter) {
    std::size_t removed = 0;
    const Status done = edit([&](Db& db) -> Status {
        auto drop = db.prepare("DELETE FROM mark WHERE tag = ?1 AND (?2 = '' OR filter = ?2)");
        if (!drop) return drop.error();
        if (const Status s = drop->bind(1, tag).bind(2, filter).run(); !s) return s;
        removed = std::size_t(db.changes());
        return ok();
    });
    if (!done) return done.error();
    return removed;
}

Status SqliteProject::saveSilence(const Silence& silence) {
    return edit([&](Db& db) -> Status {
        auto insert = db.prepare(
            "INSERT INTO silence(code, filter, note, until, time) VALUES(?, ?, ?, ?, ?) ON CONFLICT(code, filter)"
            " DO UPDATE SET code = excluded.code, note = excluded.note, until = excluded.until, time = excluded.time");
        if (!insert) return insert.error();
        return insert->bind(1, silence.code)
            .bind(2, silence.filter)
            .bind(3, silence.note)
            .bind(4, silence.until)
            .bind(5, silence.time)
            .run();
    });
}

Result<std::vector<Silence>> SqliteProject::silences() const {
    std::vector<Silence> out;
    const Status looked = read([&](const Db& db) -> Status {
        auto select = db.prepare("SELECT code, filter, note, until, time FROM silence ORDER BY rowid");
        if (!select) return select.error();
        for (;;) {
            const auto row = select->step();
            if (!row) return row.error();
            if (!*row) return ok();
            out.push_back(
                {select->textAt(0), select->textAt(1), select->textAt(2), select->textAt(3), select->textAt(4)});
            if (!select->wellTyped()) return Error{kDamaged, "silences: a row has an impossible value", 0};
        }
    });
    if (!looked) return looked.error();
    return out;
}

Result<std::size_t> SqliteProject::removeSilence(const std::string& code, const std::string& filter) {
    std::size_t removed = 0;
    const Status done = edit([&](Db& db) -> Status {
        auto drop = db.prepare("DELETE FROM silence WHERE code = ? AND filter = ?");
        if (!drop) return drop.error();
        if (const Status s = drop->bind(1, code).bind(2, filter).run(); !s) return s;
        removed = std::size_t(db.changes());
        return ok();
    });
    if (!done) return done.error();
    return removed;
}

}  // namespace weir::store
