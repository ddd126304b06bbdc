// See tags.h.
#include "core/session/rows/tags.h"

#include "core/flow/lexer.h"

#include <algorithm>

namespace weir::session {

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

}  // namespace weir::session
