// Tables for people: aligned columns, grouped digits.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace weir::cli {

class TextTable {
public:
    struct Column {
        std::string head;
        bool number = false;  ///< right-aligned
    };
    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
    /// As many cells as columns; shown without control characters.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }
    void print(std::ostream& out) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Columns that a UTF-8 text takes on a terminal (code points; enough for our names).
std::size_t displayWidth(const std::string& text);
/// "12.34 %"; "-" for 0/0.
std::string percent(std::uint64_t part, std::uint64_t whole);
/// 0..1; nothing for 0/0.
std::optional<double> share(std::uint64_t part, std::uint64_t whole);

}  // namespace weir::cli
