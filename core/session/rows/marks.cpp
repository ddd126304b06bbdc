// Marks of the project: checked, stored, published.
#include "core/session/rows/marks.h"

#include "core/base/text.h"
#include "core/flow/filter_parser.h"
#include "core/flow/lexer.h"
#include "core/session/rows/row_terms.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr std::size_t kMostTag = 64;

/// True when the tag can follow `tag` in a filter without quotes.
bool isTagName(std::string_view tag) {
    const auto good = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    };
    return !tag.empty() && tag.size() <= kMostTag && std::all_of(tag.begin(), tag.end(), good);
}

/// Tags in the filter are not allowed: a tag could then refer to itself.
Status checkFilter(const Project& project, const std::string& filter, const JudgementPtr& judgement) {
    Diagnostics ignored;
    for (const flow::Token& t : flow::tokenize(filter, ignored))
        if (t.kind == flow::TokenKind::word && flow::equalsIgnoringCase(t.text, "tag"))
            return Error{Errc::badFilter, "the filter of a mark cannot refer to tags", 0};
    const SnapshotTerms terms(project.snapshot(), judgement);
    const flow::ParsedFilter parsed = flow::parseFilter(filter, terms);
    if (parsed.good() && filter.find_first_not_of(" \t\r\n") != std::string::npos) return ok();
    return Error{Errc::badFilter,
                 parsed.good() ? "a mark needs a filter, such as `ip 192.0.2.1` or `flow 1:0`"
                               : parsed.diagnostics.front().message,
                 0};
}

}  // namespace

Status addMark(Project& project, Mark mark, const JudgementPtr& judgement) {
    if (!isTagName(mark.tag))
        return Error{Errc::usage, "a tag has 1 to 64 letters, digits, `-`, `_` or `.`, not `" + mark.tag + "`", 0};
    if (const Status s = checkFilter(project, mark.filter, judgement); !s) return s;
    mark.time = utcNow();
    if (const Status s = project.writing()->saveMark(mark); !s) return s;
    return project.reloadMarks();
}

Result<std::size_t> removeMarks(Project& project, std::string_view tag, std::string_view filter) {
    auto gone = project.writing()->removeMarks(std::string(tag), std::string(filter));
    if (gone && *gone > 0)
        if (const Status s = project.reloadMarks(); !s) return s.error();
    return gone;
}

}  // namespace weir::session
