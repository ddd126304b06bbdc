// Which results a filter depends on.
#include "core/session/rows/questions.h"

#include "core/flow/lexer.h"
#include "core/session/rows/tags.h"

#include <algorithm>

namespace weir::session {

Questions questionsIn(const Snapshot& snapshot, std::string_view filter, const Questions& questions) {
    if (questions == Questions()) return {};
    Diagnostics ignored;
    const std::string text = withMarks(snapshot, filter);
    const auto tokens = flow::tokenize(text, ignored);
    const auto hasWord = [&](std::string_view word) {
        return std::any_of(tokens.begin(), tokens.end(), [&](const flow::Token& t) {
            return t.kind == flow::TokenKind::word && flow::equalsIgnoringCase(t.text, word);
        });
    };
    Questions out;
    if (hasWord("champion") || hasWord("challenger")) out.comparison = questions.comparison;
    if (hasWord("unstable") || hasWord("flips")) out.sweep = questions.sweep;
    return out;
}

}  // namespace weir::session
