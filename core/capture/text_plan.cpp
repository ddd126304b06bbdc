// Looking at the head of a text.
#include "core/capture/text_plan.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace weir::capture::text {
namespace {

constexpr std::array kDelimiters = {',', '\t', '|', ';'};
constexpr std::size_t kMostFields = 4096;

std::string trimmedText(std::string_view t) {
    while (!t.empty() && (t.front() == ' ' || t.front() == '\t')) t.remove_prefix(1);
    while (!t.empty() && (t.back() == ' ' || t.back() == '\t')) t.remove_suffix(1);
    return std::string(t);
}

bool isText(std::string_view t) {
    return std::all_of(t.begin(), t.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\r' || c == '\n';
    });
}

/// Where the first line at or behind `from` that is not blank begins, and where the next one does.
std::pair<std::size_t, std::size_t> firstLine(std::string_view text, std::size_t from) {
    std::size_t begin = std::max(from, markLength(text));
    while (begin < text.size() && (text[begin] == '\n' || text[begin] == '\r')) ++begin;
    const auto end = text.find('\n', begin);
    return {begin, end == std::string_view::npos ? text.size() : end + 1};
}

}  // namespace

void Plan::complete() {
    fields = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        fields = std::max<std::size_t>(fields, columns[i].index + 1u);
        columns[i].second = std::any_of(columns.begin(), columns.begin() + std::ptrdiff_t(i),
                                        [&](const Column& c) { return c.field == columns[i].field; });
    }
    derivesFlags = has(Field::zeekHistory) || has(Field::zeekState) || has(Field::argusState);
}

bool Plan::has(Field f) const {
    return std::any_of(columns.begin(), columns.end(), [f](const Column& c) { return c.field == f; });
}

std::size_t markLength(std::string_view text) { return text.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0; }

std::vector<std::string> fieldsAt(std::string_view text, std::size_t from, const Layout& layout, std::size_t most) {
    std::vector<std::string> out;
    if (from >= text.size()) return out;
    Line line;
    LineReader reader(text.substr(from), layout, most);
    if (reader.next(line))
        for (const auto f : line.fields) out.push_back(trimmedText(f));
    return out;
}

FirstRow firstRowWith(std::string_view text, std::size_t from, char delimiter) {
    FirstRow row;
    std::tie(row.begin, row.end) = firstLine(text, from);
    row.delimiter = delimiter;
    Layout layout;
    layout.delimiter = delimiter;
    row.fields = fieldsAt(text, row.begin, layout, kMostFields);
    return row;
}

std::optional<FirstRow> firstRow(std::string_view text, std::size_t from) {
    std::optional<FirstRow> best;
    std::size_t bestScore = 0;
    // Most of what is asked here is no text at all: seen before anything is split.
    const auto [begin, end] = firstLine(text, from);
    if (!isText(text.substr(begin, end - begin))) return best;
    for (const char delimiter : kDelimiters) {
        FirstRow row = firstRowWith(text, from, delimiter);
        if (row.fields.size() < 2) continue;
        const std::size_t below = firstRowWith(text, row.end, delimiter).fields.size();
        const std::size_t score = row.fields.size() * 2 + (below == row.fields.size() ? 1000 : 0);
        if (score <= bestScore) continue;
        bestScore = score;
        best = std::move(row);
    }
    return best;
}

}  // namespace weir::capture::text
