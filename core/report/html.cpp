// One page: styles, contents, sections.
#include "core/report/formats.h"
#include "core/report/palette.h"
#include "core/report/svg_chart.h"

#include <algorithm>
#include <cstdio>

namespace weir::report {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--page:#fff;--text:#1b1f23;--soft:#5c6670;--rule:#d5dade;--head:#f3f5f7;--accent:#0072b2;--series0:#0072b2;--series1:#d55e00;--series2:#009e73}
@media (prefers-color-scheme:dark){:root{--page:#1b1f23;--text:#e6e9ec;--soft:#a3adb6;--rule:#3a424a;--head:#262c32;--accent:#56b4e9;--series0:#56b4e9;--series1:#e69f00;--series2:#3fc29a}}
@media print{:root{--page:#fff;--text:#000;--soft:#444;--rule:#bbb;--head:#eee;--accent:#000;--series0:#0072b2;--series1:#d55e00;--series2:#009e73}nav{display:none}td{overflow-wrap:anywhere}section{break-inside:auto}tr,svg{break-inside:avoid}h2,h3{break-after:avoid}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:24px;background:var(--page);color:var(--text);font:14px/1.45 "Noto Sans","DejaVu Sans",sans-serif}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--rule)}h3{font-size:14px;margin:20px 0 6px}
p{margin:6px 0}.soft{color:var(--soft)}a{color:var(--accent)}nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:14px 0 0;padding:0}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:2px 10px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top;overflow-wrap:break-word}
th{background:var(--head);font-weight:600;white-space:nowrap}.n{text-align:right;white-space:nowrap}i.c{display:inline-block;width:9px;height:9px;margin-right:6px;border-radius:2px}
pre{background:var(--head);border:1px solid var(--rule);padding:10px;overflow-x:auto;font:12px/1.5 "Noto Sans Mono","DejaVu Sans Mono",monospace}
svg{max-width:720px;display:block}svg text{fill:var(--text);font-size:11px;font-variant-numeric:tabular-nums}svg text.n{fill:var(--soft)}svg .g{stroke:var(--rule)}
)css";

std::string swatch(const std::string& className) {
    char text[64];
    std::snprintf(text, sizeof text, "<i class=\"c\" style=\"background:#%06x\"></i>",
                  classColor(className) & 0xffffff);
    return text;
}

bool alignsRight(Kind kind) { return kind == Kind::count || kind == Kind::share; }

void put(const Table& table, std::string& out) {
    if (!table.title.empty()) out.append("<h3>").append(htmlText(table.title)).append("</h3>\n");
    out += "<div class=\"wide\"><table><thead><tr>";
    for (const Column& c : table.columns)
        out.append(alignsRight(c.kind) ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
            .append(htmlText(c.title))
            .append("</th>");
    out += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Kind kind = table.columns[i].kind;
            const std::string text = shown(row[i], kind);
            out.append(alignsRight(kind) ? "<td class=\"n\">" : "<td>")
                .append(kind == Kind::name ? swatch(text) : "")
                .append(htmlText(text))
                .append("</td>");
        }
        out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
    if (!table.note.empty()) out.append("<p class=\"soft\">").append(htmlText(table.note)).append("</p>\n");
}

void put(const Chart& chart, std::string& out) {
    const std::string svg = toSvg(chart);
    if (svg.empty()) return;
    const std::string title = chart.unit.empty() ? chart.title : chart.title + " (" + chart.unit + ")";
    out.append("<h3>").append(htmlText(title)).append("</h3>\n").append(svg);
}

void put(const Paragraph& p, std::string& out) { out.append("<p>").append(htmlText(p.text)).append("</p>\n"); }
void put(const Listing& l, std::string& out) {
    out.append("<h3>").append(htmlText(l.title)).append("</h3>\n<pre>").append(htmlText(l.text)).append("</pre>\n");
}

}  // namespace

std::string toHtml(const Document& document) {
    const std::string title = htmlText(document.title);
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" "
        "content=\"width=device-width\"/>\n<title>" +
        title + "</title>\n<style>";
    out.append(kStyle).append("</style>\n</head>\n<body>\n<header><h1>").append(title).append("</h1>\n");
    if (!document.subtitle.empty()) out.append("<p>").append(htmlText(document.subtitle)).append("</p>\n");
    out.append("<p class=\"soft\">Generated ")
        .append(htmlText(document.made))
        .append(" by ")
        .append(htmlText(document.program))
        .append("</p>\n<nav><ul>");
    for (const Section& s : document.sections)
        out.append("<li><a href=\"#")
            .append(htmlText(s.id))
            .append("\">")
            .append(htmlText(s.title))
            .append("</a></li>");
    out += "</ul></nav></header>\n<main>\n";
    for (const Section& s : document.sections) {
        out.append("<section id=\"")
            .append(htmlText(s.id))
            .append("\">\n<h2>")
            .append(htmlText(s.title))
            .append("</h2>\n");
        for (const Block& block : s.blocks) std::visit([&](const auto& b) { put(b, out); }, block);
        out += "</section>\n";
    }
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace weir::report
