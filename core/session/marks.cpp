// A table of texts in the project file.
#include "core/session/marks.h"

#include "core/base/text.h"
#include "core/flow/filter_parser.h"
#include "core/flow/lexer.h"
#include "core/flow/table_columns.h"
#include "core/session/row_terms.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr const char* kTable = "mark";
constexpr std::size_t kMostTag = 64;

/// What follows `tag` without quotes.
bool isTagName(std::string_view tag) {
    const auto good = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.'; };
    return !tag.empty() && tag.size() <= kMostTag && std::all_of(tag.begin(), tag.end(), good);
}

/// A tag of tags could name itself.
Status checkFilter(const Project& project, const std::string& filter, const JudgementPtr& judgement) {
    Diagnostics ignored;
    for (const flow::Token& t : flow::tokenize(filter, ignored))
        if (t.kind == flow::TokenKind::word && flow::equalsIgnoringCase(t.text, "tag")) return Error{Errc::badFilter, "a mark's filter names no tag", 0};
    const SnapshotTerms terms(project.snapshot(), judgement);
    const flow::ParsedFilter parsed = flow::parseFilter(filter, terms);
    if (parsed.good() && filter.find_first_not_of(" \t\r\n") != std::string::npos) return ok();
    return Error{Errc::badFilter, parsed.good() ? "a mark needs a filter, such as `ip 192.0.2.1` or `flow 1:0`" : parsed.diagnostics.front().message, 0};
}

Status keep(Project& project, std::vector<Mark> marks) {
    std::vector<std::string> tags, filters, notes, times;
    for (const Mark& m : marks) {
        tags.push_back(m.tag);
        filters.push_back(m.filter);
        notes.push_back(m.note);
        times.push_back(m.time);
    }
    flow::Table table{kTable, {}};
    table.columns = {{"tag", std::move(tags)}, {"filter", std::move(filters)}, {"note", std::move(notes)}, {"time", std::move(times)}};
    if (const Status s = project.file().saveTable(table); !s) return s;
    auto shared = std::make_shared<const std::vector<Mark>>(std::move(marks));
    project.publish([&](Snapshot& s) { s.marks = shared; });
    return ok();
}

}  // namespace

std::vector<std::string> tagsOf(const std::vector<Mark>& marks) {
    std::vector<std::string> out;
    for (const Mark& m : marks) {
        const auto same = [&](const std::string& tag) { return flow::equalsIgnoringCase(tag, m.tag); };
        if (std::none_of(out.begin(), out.end(), same)) out.push_back(m.tag);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string withMarks(const Snapshot& snapshot, std::string_view filter) {
    std::string out(filter);
    Diagnostics ignored;
    const auto tokens = flow::tokenize(filter, ignored);
    for (std::size_t i = 0; snapshot.marks && i + 1 < tokens.size(); ++i) {
        if (tokens[i].kind != flow::TokenKind::word || !flow::equalsIgnoringCase(tokens[i].text, "tag")) continue;
        for (const Mark& m : *snapshot.marks)
            if (flow::equalsIgnoringCase(m.tag, flow::valueOf(tokens[i + 1]))) out += "\n" + m.filter;
    }
    return out;
}

Result<std::vector<Mark>> readMarks(const store::ProjectFile& file) {
    const auto table = file.loadTable(kTable);
    if (!table) return table.error();
    std::vector<Mark> out;
    if (!*table) return out;
    const flow::Table& t = **table;
    const auto *tags = flow::columnOf<std::string>(t, "tag"), *filters = flow::columnOf<std::string>(t, "filter"), *notes = flow::columnOf<std::string>(t, "note"),
               *times = flow::columnOf<std::string>(t, "time");
    if (!tags || !filters || !notes || !times) return Error{Errc::store, "the table of marks is damaged", 0};
    for (std::size_t i = 0; i < flow::rowsOf(t); ++i) out.push_back({(*tags)[i], (*filters)[i], (*notes)[i], (*times)[i]});
    return out;
}

Status addMark(Project& project, Mark mark, const JudgementPtr& judgement) {
    if (!isTagName(mark.tag)) return Error{Errc::usage, "a tag has 1 to 64 letters, digits, `-`, `_` or `.`, not `" + mark.tag + "`", 0};
    if (const Status s = checkFilter(project, mark.filter, judgement); !s) return s;
    auto marks = readMarks(project.file());
    if (!marks) return marks.error();
    mark.time = utcNow();
    const auto same = [&](const Mark& m) { return flow::equalsIgnoringCase(m.tag, mark.tag) && m.filter == mark.filter; };
    if (const auto at = std::find_if(marks->begin(), marks->end(), same); at != marks->end()) *at = std::move(mark);
    else marks->push_back(std::move(mark));
    return keep(project, std::move(*marks));
}

Result<std::size_t> removeMarks(Project& project, std::string_view tag, std::string_view filter) {
    auto marks = readMarks(project.file());
    if (!marks) return marks.error();
    const std::size_t gone = std::erase_if(*marks, [&](const Mark& m) { return flow::equalsIgnoringCase(m.tag, tag) && (filter.empty() || m.filter == filter); });
    if (gone > 0)
        if (const Status s = keep(project, std::move(*marks)); !s) return s.error();
    return gone;
}

}  // namespace weir::session
