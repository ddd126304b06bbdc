// Comparing the tables of a file with those that this program creates.
#include "core/store/schema.h"

#include <algorithm>
#include <map>

namespace weir::store {
namespace {

struct Column {
    std::string name, type;
    std::int64_t notNull = 0, key = 0, hidden = 0;
    friend bool operator==(const Column&, const Column&) = default;
};
struct TableLayout {
    std::string kind;  ///< "table", "view", "virtual", …
    std::int64_t withoutRowid = 0;
    std::vector<Column> columns;
};
using Layout = std::map<std::string, TableLayout>;

constexpr std::string_view kVital[] = {"source", "chunk", "host"};

/// Calls use(row) for every row.
template <class Use>
Status eachLayoutRow(const Db& db, const char* sql, Use&& use) {
    auto select = db.prepare(sql);
    if (!select) return select.error();
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return ok();
        use(*select);
    }
}

/// Columns of tables only: the columns of a view depend on tables that may be missing.
constexpr const char* kColumnsSql = R"sql(
SELECT t.name, c.name, c.type, c."notnull", c.pk, c.hidden FROM pragma_table_list AS t CROSS JOIN pragma_table_xinfo(t.name) AS c
WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, c.cid)sql";

Result<Layout> layoutOf(const Db& db) {
    Layout out;
    Status read =
        eachLayoutRow(db, "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'", [&](const Stmt& row) {
            out[row.textAt(0)] = {row.textAt(1), row.intAt(2), {}};
        });
    if (read)
        read = eachLayoutRow(db, kColumnsSql, [&](const Stmt& row) {
            out[row.textAt(0)].columns.push_back(
                {row.textAt(1), row.textAt(2), row.intAt(3), row.intAt(4), row.intAt(5)});
        });
    if (!read) return read.error();
    return out;
}

Result<Layout> wantedLayout() {
    auto db = Db::open(":memory:", OpenMode::create);
    if (!db) return db.error();
    if (const Status s = createSchema(*db); !s) return s.error();
    return layoutOf(*db);
}

/// Whether every table was created with our own text: then there is nothing to compare.
Result<bool> isAsMade(const Db& db) {
    std::size_t own = 0;
    const Status looked =
        eachLayoutRow(db, "SELECT name, sql FROM sqlite_master WHERE type = 'table'",
                      [&](const Stmt& row) { own += isOwnDefinition(row.textAt(0), row.textAt(1)) ? 1u : 0u; });
    if (!looked) return looked.error();
    return own == std::size(kTableNames);
}

/// What differs; empty = nothing.
std::string faultOf(const TableLayout& found, const TableLayout& wanted, bool older) {
    if (found.kind != wanted.kind) return "its type is " + found.kind + ", not table";
    if (found.withoutRowid != wanted.withoutRowid) return "its WITHOUT ROWID option was changed";
    const bool shorter = older && found.columns.size() < wanted.columns.size();
    for (std::size_t c = 0; c < wanted.columns.size(); ++c) {
        if (c >= found.columns.size()) return shorter ? std::string() : "it has no column " + wanted.columns[c].name;
        if (!(found.columns[c] == wanted.columns[c])) return "its column " + wanted.columns[c].name + " was changed";
    }
    return found.columns.size() > wanted.columns.size() ? "it has an extra column" : std::string();
}

}  // namespace

bool isVitalTable(std::string_view name) {
    return std::find(std::begin(kVital), std::end(kVital), name) != std::end(kVital);
}

Result<std::vector<LayoutFault>> layoutFaults(const Db& db, bool older) {
    const auto made = isAsMade(db);
    if (!made) return made.error();
    if (*made) return std::vector<LayoutFault>();
    const auto wanted = wantedLayout();
    if (!wanted) return wanted.error();
    const auto found = layoutOf(db);
    if (!found) return found.error();
    std::vector<LayoutFault> faults;
    for (const auto& [name, table] : *wanted) {
        if (table.kind != "table" || name.starts_with("sqlite_")) continue;  // the view is for people
        const auto at = found->find(name);
        std::string what = at != found->end()             ? faultOf(at->second, table, older)
                           : older && !isVitalTable(name) ? std::string()
                                                          : "it is missing";
        if (!what.empty()) faults.push_back({name, std::move(what)});
    }
    return faults;
}

}  // namespace weir::store
