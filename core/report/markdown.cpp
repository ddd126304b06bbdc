// Pipe tables with aligned columns.
#include "core/report/formats.h"

#include <algorithm>

namespace weir::report {
namespace {

/// A name from a project must not end a cell, open a tag or become a link.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' || c == '\r')
            out += ' ';
        else if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else {
            if (std::string_view("\\`*_[]|#").find(c) != std::string_view::npos) out += '\\';
            out += c;
        }
    }
    return out;
}

bool isNumber(Kind kind) { return kind == Kind::count || kind == Kind::share; }

void put(const Table& table, std::string& out) {
    if (!table.title.empty()) out.append("### ").append(escaped(table.title)).append("\n\n");
    out += '|';
    for (const Column& c : table.columns) out.append(" ").append(escaped(c.title)).append(" |");
    out += "\n|";
    for (const Column& c : table.columns) out += isNumber(c.kind) ? " ---: |" : " --- |";
    out += '\n';
    for (const auto& row : table.rows) {
        out += '|';
        for (std::size_t i = 0; i < row.size(); ++i)
            out.append(" ").append(escaped(shown(row[i], table.columns[i].kind))).append(" |");
        out += '\n';
    }
    out += '\n';
    if (!table.note.empty()) out.append(escaped(table.note)).append("\n\n");
}

/// A fence longer than any in the text.
void put(const Listing& listing, std::string& out) {
    std::size_t longest = 2, run = 0;
    for (const char c : listing.text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    out.append("### ").append(escaped(listing.title)).append("\n\n").append(fence).append("\n").append(listing.text);
    if (!listing.text.empty() && listing.text.back() != '\n') out += '\n';
    out.append(fence).append("\n\n");
}

void put(const Paragraph& p, std::string& out) { out.append(escaped(p.text)).append("\n\n"); }
void put(const Chart&, std::string&) {}

}  // namespace

std::string toMarkdown(const Document& document) {
    std::string out = "# " + escaped(document.title) + "\n\n";
    if (!document.subtitle.empty()) out.append(escaped(document.subtitle)).append("\n\n");
    out.append("Generated ").append(document.made).append(" by ").append(document.program).append("\n\n");
    for (const Section& section : document.sections) {
        out.append("## ").append(escaped(section.title)).append("\n\n");
        for (const Block& block : section.blocks) std::visit([&](const auto& b) { put(b, out); }, block);
    }
    return out;
}

}  // namespace weir::report
