// The table of formats, and cells as text for people.
#include "core/report/formats.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace weir::report {
namespace {

constexpr auto kFormats = std::to_array<Format>({
    {".html", "HTML", toHtml},
    {".md", "Markdown", toMarkdown},
    {".csv", "CSV", toCsv},
    {".json", "JSON", toJson},
});

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

std::string signedGrouped(std::int64_t n) {
    return n < 0 ? "\u2212" + grouped(std::uint64_t(-(n + 1)) + 1) : grouped(std::uint64_t(n));
}

std::string number(double v, int decimals) {
    char text[48];
    std::snprintf(text, sizeof text, "%.*f", decimals, v);
    return text;
}

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* formatOf(std::string_view path) {
    const auto ends = [path](const Format& f) {
        return path.size() > f.extension.size() &&
               std::equal(f.extension.begin(), f.extension.end(), path.end() - std::ptrdiff_t(f.extension.size()),
                          [](char a, char b) { return a == lower(b); });
    };
    const auto at = std::find_if(kFormats.begin(), kFormats.end(), ends);
    return at == kFormats.end() ? nullptr : &*at;
}

std::string shown(const Cell& cell, Kind kind) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* n = std::get_if<std::int64_t>(&cell))
        return kind == Kind::count ? signedGrouped(*n) : std::to_string(*n);
    if (const auto* v = std::get_if<double>(&cell))
        return kind == Kind::share ? number(*v * 100, *v != 0 && *v < 0.001 ? 3 : 1) + "\u202f%" : number(*v, 1);
    return kind == Kind::text || kind == Kind::name ? std::string() : "\u2013";
}

}  // namespace weir::report
