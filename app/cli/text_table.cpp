// Printing aligned columns.
#include "app/cli/text_table.h"

#include "core/base/printable.h"
#include "core/base/text.h"

#include <algorithm>
#include <cstdio>

namespace weir::cli {

std::size_t displayWidth(const std::string& text) {
    return std::size_t(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

void TextTable::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
}

void TextTable::print(std::ostream& out) const {
    std::vector<std::size_t> width(columns_.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        width[c] = displayWidth(columns_[c].head);
        for (const auto& row : rows_) width[c] = std::max(width[c], displayWidth(row[c]));
    }
    const auto line = [&](const auto& cellOf) {
        std::string text;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::string& cell = cellOf(c);
            const std::string pad(width[c] - displayWidth(cell), ' ');
            if (c) text += "  ";
            text += columns_[c].number ? pad + cell : cell + pad;
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out << text << '\n';
    };
    line([&](std::size_t c) -> const std::string& { return columns_[c].head; });
    for (const auto& row : rows_) line([&](std::size_t c) -> const std::string& { return row[c]; });
}

std::string counted(std::uint64_t n, const char* one, const char* many) {
    return grouped(n) + ' ' + (n == 1 ? one : many);
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", 100.0 * double(part) / double(whole));
    return text;
}

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return {};
    return double(part) / double(whole);
}

}  // namespace weir::cli
