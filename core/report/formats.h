// Document → bytes, one function per format.
#pragma once

#include "core/report/document.h"

#include <span>
#include <string>
#include <string_view>

namespace weir::report {

/// One self-contained HTML file: inline styles, charts as SVG, no scripts, no external resources. Follows the reader's
/// light or dark mode; prints on white.
std::string toHtml(const Document& document);
/// GitHub-flavoured Markdown; without charts, since tables have their numbers.
std::string toMarkdown(const Document& document);
/// Tables one after the other (RFC 4180), each after a line `# section/table` and a line of column keys. Numbers are
/// raw.
std::string toCsv(const Document& document);
/// {"title", "made", "program", "sections": [{"id", "title", "paragraphs", "tables": {id: [{key: value}]},
/// "listings"}]}
std::string toJson(const Document& document);

/// An output format: one entry of formats().
struct Format {
    std::string_view extension;  ///< ".html"
    std::string_view name;       ///< "HTML"
    std::string (*render)(const Document&);
};
std::span<const Format> formats();
/// The format by file extension, ignoring case; nullptr for an unknown one.
const Format* formatOf(std::string_view path);

/// A cell as people read it: "1,234", "12.3 %", "–".
std::string shown(const Cell& cell, Kind kind);

}  // namespace weir::report
