// Lists whose first line names the columns.
#pragma once

#include "core/lists/line_format.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

/// The column names of a header line, in lower case (ASCII), each with its index.
class CsvHeader {
public:
    CsvHeader() = default;                      ///< has no column
    explicit CsvHeader(std::string_view line);  ///< `line`: comma-separated, fields as in csvFields()
    bool has(std::string_view name) const { return at(name).has_value(); }  ///< `name` in lower case
    /// The trimmed field of that column, a view into `row`. Empty if the header has no such column, or the row is too
    /// short.
    std::string_view field(const std::vector<std::string>& row, std::string_view name) const;

private:
    std::optional<std::size_t> at(std::string_view name) const;
    std::vector<std::string> names_;
};

/// Base of readers of CSV: reads the header, skips comments, and calls readRow() for every other line.
class CsvReader : public LineReader {
public:
    void read(std::string_view line, Line& out) final;  ///< see LineReader

protected:
    /// Fills `out` from one row. `line` is the row as text, `row` its fields.
    virtual void readRow(std::string_view line, const std::vector<std::string>& row, Line& out) = 0;
    /// CsvHeader::field() of the header read.
    std::string_view field(const std::vector<std::string>& row, std::string_view name) const {
        return header_.field(row, name);
    }

private:
    CsvHeader header_;
    bool headed_ = false;  ///< the header was read
};

}  // namespace weir::lists
