// Reading a list line by line.
#include "core/lists/line_format.h"
#include "core/lists/list_head.h"

#include <algorithm>

namespace weir::lists {
namespace {

std::string_view withoutMark(std::string_view text) { return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text; }

/// Removes the next line from `text` and returns it without its end.
std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return line;
}

const LineFormat& formatOf(std::string_view text) {
    const auto formats = lineFormats();
    while (!text.empty()) {
        const std::string_view line = takeLine(text), body = trimmed(line);
        if (body.empty() || body.front() == '#' || body.front() == ';') continue;
        return *std::find_if(formats.begin(), formats.end(), [&](const LineFormat& f) { return f.begins(line); });
    }
    return formats.back();
}

void append(const Line& line, std::uint32_t number, List& list) {
    if (!line.problem.empty()) {
        ++list.rejected;
        if (list.problems.size() < kMostProblems)
            list.problems.push_back({Severity::warning, number, line.column, line.length, line.problem, {}});
        return;
    }
    for (const flow::Prefix& p : line.prefixes) list.entries.push_back({p, number});
    for (PortEntry port : line.ports) {
        port.line = number;
        list.ports.push_back(port);
    }
}

}  // namespace

List parseList(std::string name, std::string_view text) {
    List list;
    list.name = std::move(name);
    text = withoutMark(text);
    const LineFormat& format = formatOf(text);
    list.format = format.id;
    const auto reader = format.make();
    Line line;
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        line.clear();
        reader->read(takeLine(text), line);
        if (line.remark)
            readHead(line.comment, list);
        else
            append(line, number, list);
    }
    list.entries.shrink_to_fit();
    return list;
}

std::string commentAt(std::string_view text, std::uint32_t wanted) {
    text = withoutMark(text);
    const auto reader = formatOf(text).make();
    Line line;
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const std::string_view raw = takeLine(text);
        // The reader needs the header to read a later line; empty lines change nothing.
        if (number != wanted && trimmed(raw).empty()) continue;
        line.clear();
        reader->read(raw, line);
        if (number == wanted) return line.comment;
    }
    return {};
}

}  // namespace weir::lists
