// Reading a table that came out of a project file: somebody may have changed it there.
#pragma once

#include "core/flow/table.h"

#include <cstddef>
#include <string_view>
#include <variant>
#include <vector>

namespace weir::flow {

inline std::size_t rowsOf(const Table& table) {
    return table.columns.empty()
               ? 0
               : std::visit([](const auto& values) { return values.size(); }, table.columns.front().values);
}

/// nullptr when there is no column of that name, type and rowsOf(table) values.
template <class T>
const std::vector<T>* columnOf(const Table& table, std::string_view name) {
    for (const TableColumn& c : table.columns) {
        if (c.name != name) continue;
        const auto* values = std::get_if<std::vector<T>>(&c.values);
        return values && values->size() == rowsOf(table) ? values : nullptr;
    }
    return nullptr;
}

}  // namespace weir::flow
