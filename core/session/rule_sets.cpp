// The rule text in force, and the saved iterations of it.
#include "core/session/rule_sets.h"

#include "core/base/text.h"
#include "core/session/resources.h"

#include <algorithm>

namespace weir::session {
namespace {

constexpr const char* kDraftKey = "rules.draft";
constexpr const char* kTable = "iteration";
constexpr const char* kFirstRules = "glatz-2012";

auto byId(std::int64_t id) {
    return [id](const refine::Iteration& i) { return i.id == id; };
}

/// "line 3, column 5: unknown sign …", of the first error.
Error ruleError(const Diagnostics& diagnostics) {
    const auto first = std::find_if(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    std::string where("line ");
    where += std::to_string(first->line) + ", column " + std::to_string(first->column) + ": " + first->message;
    return {Errc::badRule, std::move(where), first->line};
}

void takeNumbers(const Judgement& judgement, refine::Iteration& iteration) {
    iteration.oneWay = judgement.conflicts.oneWayFlows;
    iteration.conflicting = judgement.conflicts.conflictingFlows;
    iteration.unclassified = judgement.conflicts.unclassifiedFlows;
    iteration.observed = judgement.conflicts.observed;
}

}  // namespace

std::string currentRules(const Project& project) {
    if (const auto draft = project.file().value(kDraftKey); draft && *draft) return **draft;
    if (const auto saved = iterations(project); saved && !saved->empty()) return saved->back().text;
    return std::string(resourceText("rules", kFirstRules));
}

Status setCurrentRules(Project& project, const std::string& text) { return project.file().setValue(kDraftKey, text); }

Result<std::vector<refine::Iteration>> iterations(const Project& project) {
    const auto table = project.file().loadTable(kTable);
    if (!table) return table.error();
    if (!*table) return std::vector<refine::Iteration>{};
    return refine::fromTable(**table);
}

Result<refine::Iteration> saveIteration(Project& project, const std::string& text, const std::string& tag, std::int64_t parent) {
    auto saved = iterations(project);
    if (!saved) return saved.error();
    const auto from = std::find_if(saved->begin(), saved->end(), byId(parent));
    if (parent != 0 && from == saved->end()) return Error{Errc::notFound, "there is no iteration " + std::to_string(parent) + " to start from", 0};

    const SnapshotPtr snapshot = project.snapshot();
    const JudgementPtr judgement = Judge().judge(text, SignBasis(snapshot));
    if (!judgement->parsed.good()) return ruleError(judgement->parsed.diagnostics);

    refine::Iteration iteration;
    iteration.id = saved->empty() ? 1 : saved->back().id + 1;
    iteration.parent = parent;
    iteration.name = judgement->parsed.set.name;
    iteration.tag = tag;
    iteration.time = utcNow();
    iteration.text = text;
    if (parent != 0) iteration.edit = refine::describeEdit(from->text, text);
    takeNumbers(*judgement, iteration);
    saved->push_back(iteration);
    if (const Status s = project.file().saveTable(refine::toTable(*saved)); !s) return s.error();
    return iteration;
}

Status removeIteration(Project& project, std::int64_t id) {
    auto saved = iterations(project);
    if (!saved) return saved.error();
    if (std::erase_if(*saved, byId(id)) == 0) return Error{Errc::notFound, "there is no iteration " + std::to_string(id), 0};
    return project.file().saveTable(refine::toTable(*saved));
}

Status restoreIteration(Project& project, const refine::Iteration& iteration) {
    auto saved = iterations(project);
    if (!saved) return saved.error();
    const auto after = std::find_if(saved->begin(), saved->end(), [&](const refine::Iteration& i) { return i.id >= iteration.id; });
    if (after != saved->end() && after->id == iteration.id)
        return Error{Errc::usage, "there is an iteration " + std::to_string(iteration.id) + " already", 0};
    saved->insert(after, iteration);
    return project.file().saveTable(refine::toTable(*saved));
}

}  // namespace weir::session
