// A flow::Table as an ordinary SQL table named t_<name>.
#include "core/store/sqlite_project.h"

#include "core/flow/table_columns.h"

#include <algorithm>

namespace weir::store {
namespace {

bool isPlainName(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

constexpr const char* kTypes[] = {"INTEGER", "REAL", "TEXT"};

std::size_t rowsOf(const flow::TableColumn& c) {
    return std::visit([](const auto& v) { return v.size(); }, c.values);
}

flow::TableColumnData emptyOf(const std::string& type) {
    if (type == kTypes[0]) return std::vector<std::int64_t>();
    if (type == kTypes[1]) return std::vector<double>();
    return std::vector<std::string>();
}

}  // namespace

Status writeTable(Db& db, const flow::Table& table) {
    const bool plain =
        isPlainName(table.name) && !table.columns.empty() &&
        std::all_of(table.columns.begin(), table.columns.end(), [](const auto& c) { return isPlainName(c.name); });
    if (!plain) return Error{Errc::usage, "names of stored tables and columns must be lower_snake: " + table.name, 0};
    const std::size_t rows = rowsOf(table.columns.front());
    std::string create = "CREATE TABLE main.\"t_" + table.name + "\"(",
                insert = "INSERT INTO main.\"t_" + table.name + "\" VALUES(";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const flow::TableColumn& column = table.columns[c];
        if (rowsOf(column) != rows) return Error{Errc::usage, "columns of different length in table " + table.name, 0};
        create += (c ? ", \"" : "\"") + column.name + "\" " + kTypes[column.values.index()];
        insert += c ? ", ?" : "?";
    }
    auto frame = Transaction::begin(db);
    if (!frame) return frame.error();
    if (const Status s = db.exec("DROP TABLE IF EXISTS main.\"t_" + table.name + "\"; " + create + ")"); !s) return s;
    {
        auto stmt = db.prepare(insert + ")");
        if (!stmt) return stmt.error();
        for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < table.columns.size(); ++c)
                std::visit([&](const auto& v) { stmt->bind(int(c) + 1, v[r]); }, table.columns[c].values);
            if (const Status s = stmt->run(); !s) return s;
        }
    }
    return frame->commit();
}

Result<std::optional<flow::Table>> readTable(const Db& db, const std::string& name) {
    if (!isPlainName(name)) return std::optional<flow::Table>();
    auto exists = db.prepare("SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?");
    if (!exists) return exists.error();
    const std::string sqlName = "t_" + name;
    const auto found = exists->bind(1, sqlName).step();
    if (!found) return found.error();
    if (!*found) return std::optional<flow::Table>();
    const auto damaged = [&](const std::string& what) { return Error{kDamaged, "table " + sqlName + ": " + what, 0}; };
    if (exists->textAt(0) != "table") return damaged("its type is " + exists->textAt(0) + ", not table");

    auto select = db.prepare("SELECT * FROM \"" + sqlName + "\" ORDER BY rowid");
    if (!select) return damaged(select.error().detail);
    flow::Table table;
    table.name = name;
    for (int c = 0; c < select->columns(); ++c)
        table.columns.push_back({select->columnName(c), emptyOf(select->declaredType(c))});
    for (;;) {
        const auto row = select->step();
        if (!row) return row.error().code == kDamaged ? damaged(row.error().detail) : row.error();
        if (!*row) return std::optional<flow::Table>(std::move(table));
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            auto& values = table.columns[c].values;
            const int at = int(c);
            if (auto* whole = std::get_if<0>(&values))
                whole->push_back(select->intAt(at));
            else if (auto* real = std::get_if<1>(&values))
                real->push_back(select->realAt(at));
            else
                std::get<2>(values).push_back(select->textAt(at));
        }
        if (!select->wellTyped())
            return damaged("row " + std::to_string(flow::rowsOf(table)) + " has a value of the wrong type");
    }
}

}  // namespace weir::store
