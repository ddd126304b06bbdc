// A small named table: what modules keep in the project file besides flows.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weir::flow {

using TableColumnData = std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>>;
struct TableColumn {
    std::string name;  ///< lower_snake; a plain SQL column name
    TableColumnData values;
};
/// All columns have the same length. Kept by the store as an ordinary SQL table that the sqlite3 shell can read.
struct Table {
    std::string name;
    std::vector<TableColumn> columns;
};

}  // namespace weir::flow
