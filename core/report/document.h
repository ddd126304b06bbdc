// A report as data, which the formats render. Numbers are raw; columns have a key for programs and a title for people.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weir::report {

/// A table cell. monostate = not applicable (JSON null, empty in other formats).
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

enum class Kind : std::uint8_t {
    text,
    name,   ///< a class name: shown with its colour
    count,  ///< integers, shown as 1,234,567
    share   ///< 0..1, shown in per cent
};
/// A column of a table.
struct Column {
    std::string key;    ///< "conflicting_flows": for programs
    std::string title;  ///< "Conflicting": for people
    Kind kind = Kind::text;
};
/// A table with raw values.
struct Table {
    std::string id;  ///< unique in its section
    std::string title;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< one cell per column each
    std::string note = {};                ///< below the table; "12 rarer combinations …"
};
/// A bar or line chart.
struct Chart {
    enum class Form : std::uint8_t { bars, lines };
    struct Series {
        std::string name;
        std::vector<double> values;  ///< by category
    };
    Form form = Form::bars;
    std::string title, unit;
    std::vector<std::string> categories;
    std::vector<Series> series;
    bool classes = false;  ///< categories are class names: each has its colour
};
struct Paragraph {
    std::string text;
};
/// A text that is copied byte for byte: rules, a score profile.
struct Listing {
    std::string title, text;
};
using Block = std::variant<Paragraph, Table, Chart, Listing>;

/// A section: blocks in reading order.
struct Section {
    std::string id, title;
    std::vector<Block> blocks;
};
/// A report.
struct Document {
    std::string title, subtitle;
    std::string made;     ///< RFC 3339
    std::string program;  ///< "Weir 0.1.0"
    std::vector<Section> sections;
};

inline Cell cell(std::uint64_t n) { return std::int64_t(n); }
inline Cell share(std::uint64_t part, std::uint64_t whole) {
    return whole ? Cell(double(part) / double(whole)) : Cell();
}

}  // namespace weir::report
