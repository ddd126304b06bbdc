// Lists with a header line that names their columns.
#pragma once

#include "core/lists/line_format.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

/// Column names in lower case, by their place.
class CsvHeader {
public:
    CsvHeader() = default;
    explicit CsvHeader(std::string_view line);
    bool has(std::string_view name) const { return at(name).has_value(); }
    /// Empty when the header has no such column or the row is shorter.
    std::string_view field(const std::vector<std::string>& row, std::string_view name) const;

private:
    std::optional<std::size_t> at(std::string_view name) const;
    std::vector<std::string> names_;
};

/// Hands the rows behind the header to readRow().
class CsvReader : public LineReader {
public:
    void read(std::string_view line, Line& out) final;

protected:
    virtual void readRow(std::string_view line, const std::vector<std::string>& row, Line& out) = 0;
    std::string_view field(const std::vector<std::string>& row, std::string_view name) const {
        return header_.field(row, name);
    }

private:
    CsvHeader header_;
    bool headed_ = false;
};

}  // namespace weir::lists
