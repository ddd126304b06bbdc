// Finds out from the words of a filter what it needs.
#include "app/cli/filter_needs.h"

#include "core/flow/filter_words.h"
#include "core/flow/lexer.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/marks.h"

namespace weir::cli {
namespace {

using flow::WordRole;

void addNeeds(const std::string& filter, Wanted& wanted) {
    Diagnostics ignored;
    for (const flow::Token& t : flow::tokenize(filter, ignored)) {
        const flow::FilterWord* word = t.kind == flow::TokenKind::word ? flow::findFilterWord(t.text) : nullptr;
        if (!word) continue;
        wanted.signs |= word->role == WordRole::wordTerm || word->role == WordRole::namedWordTerm;
        wanted.flows |= word->role == WordRole::heading || word->role == WordRole::ways;
    }
    wanted.scores |= session::asksScores(filter);
}

}  // namespace

Result<Judged> prepareFor(session::Project& project, const std::string& filter, Wanted wanted,
                          const ProjectOptions& options, const RuleOptions& rules, Console& console) {
    addNeeds(session::withMarks(*project.snapshot(), filter), wanted);
    Judged judged;
    if (wanted.signs) {
        auto made = judgeProject(project, options, rules, console);
        if (!made) return made.error();
        judged = std::move(*made);
    } else if (wanted.flows) {
        if (auto s = options.ensureLocal(project, console); !s) return s.error();
        const auto job = console.job();
        if (auto s = session::prepareFlows(project, *job); !s) return s.error();
    }
    if (wanted.scores) {
        if (auto s = options.ensureLocal(project, console); !s) return s.error();
        const auto job = console.job();
        if (auto s = session::prepareScoreWords(project, session::currentProfile(project), *job); !s) return s.error();
    }
    judged.snapshot = project.snapshot();
    return judged;
}

}  // namespace weir::cli
