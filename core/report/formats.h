// Document → bytes, one function a format.
#pragma once

#include "core/report/document.h"

#include <span>
#include <string>
#include <string_view>

namespace weir::report {

/// One self-contained file: styles inside, charts as SVG, no scripts, nothing loaded from anywhere; light and dark by
/// the reader's system, prints on white.
std::string toHtml(const Document& document);
/// GitHub's dialect; charts are left out, as their numbers stand in tables.
std::string toMarkdown(const Document& document);
/// Tables one after the other (RFC 4180), each behind a line `# section/table` and its keys. Numbers raw.
std::string toCsv(const Document& document);
/// {"title", "made", "program", "sections": [{"id", "title", "paragraphs", "tables": {id: [{key: value}]},
/// "listings"}]}
std::string toJson(const Document& document);

struct Format {
    std::string_view extension;  ///< ".html"
    std::string_view name;       ///< "HTML"
    std::string (*render)(const Document&);
};
std::span<const Format> formats();
/// By the end of the file name, in any case; nullptr when none fits.
const Format* formatOf(std::string_view path);

/// The words of a cell for people: "1,234", "12.3 %", "–".
std::string shown(const Cell& cell, Kind kind);

}  // namespace weir::report
