// One table after the other, numbers raw.
#include "core/report/formats.h"

#include <charconv>

namespace weir::report {
namespace {

std::string quoted(std::string_view text) {
    // A spreadsheet must not interpret a name as a formula.
    const bool formula = !text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
    if (!formula && text.find_first_of(",\"\r\n#") == std::string_view::npos) return std::string(text);
    std::string out = formula ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string raw(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
    if (const auto* n = std::get_if<std::int64_t>(&cell)) return std::to_string(*n);
    if (const auto* v = std::get_if<double>(&cell)) {
        char text[32];
        return {text, std::to_chars(text, text + sizeof text, *v).ptr};
    }
    return {};
}

template <class Items, class Text>
void putLine(const Items& items, Text text, std::string& out) {
    bool first = true;
    for (const auto& item : items) {
        if (!first) out += ',';
        first = false;
        out += text(item);
    }
    out += "\r\n";
}

}  // namespace

std::string toCsv(const Document& document) {
    std::string out;
    for (const Section& section : document.sections)
        for (const Block& block : section.blocks) {
            const auto* table = std::get_if<Table>(&block);
            if (!table) continue;
            if (!out.empty()) out += "\r\n";
            out.append("# ").append(section.id).append("/").append(table->id).append("\r\n");
            putLine(
                table->columns, [](const Column& c) { return quoted(c.key); }, out);
            for (const auto& row : table->rows) putLine(row, raw, out);
        }
    return out;
}

}  // namespace weir::report
