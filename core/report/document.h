// A report as data: what formats render. Numbers are raw, names are those of machines beside those for people.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace weir::report {

/// monostate: does not apply (JSON null, empty elsewhere).
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

enum class Kind : std::uint8_t {
    text,
    name,   ///< of a class: shown with its colour
    count,  ///< integers, 1,234,567 for people
    share   ///< 0..1, per cent for people
};
struct Column {
    std::string key;    ///< "conflicting_flows": of machines
    std::string title;  ///< "Conflicting": for people
    Kind kind = Kind::text;
};
struct Table {
    std::string id;  ///< unique in its section
    std::string title;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< as many cells as columns
    std::string note = {};                ///< behind the table; "12 more rows …"
};
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
/// A text that is kept byte for byte: rules, a profile.
struct Listing {
    std::string title, text;
};
using Block = std::variant<Paragraph, Table, Chart, Listing>;

struct Section {
    std::string id, title;
    std::vector<Block> blocks;
};
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
