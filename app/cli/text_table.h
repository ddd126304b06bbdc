// Tables of text with aligned columns, and numbers for them.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace weir::cli {

/// A table that is printed at once: collect rows, then print().
class TextTable {
public:
    /// A column.
    struct Column {
        std::string head;     ///< heading
        bool number = false;  ///< right-aligned
    };
    /// Without rows.
    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
    /// Adds a row: one cell per column. Control characters are made visible.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }  ///< no rows
    void print(std::ostream& out) const;          ///< headings, then rows; two blanks between columns

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Width of a UTF-8 text on a terminal, as its number of code points; wide and combining characters count as one.
std::size_t displayWidth(const std::string& text);
/// A number with its noun: "1 record", "1,234 records".
std::string counted(std::uint64_t n, const char* one, const char* many);
/// part / whole as "12.34 %"; "-" if whole is 0.
std::string percent(std::uint64_t part, std::uint64_t whole);
/// part / whole, 0 to 1; nothing if whole is 0.
std::optional<double> share(std::uint64_t part, std::uint64_t whole);

}  // namespace weir::cli
