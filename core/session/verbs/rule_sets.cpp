// The current rule text and its saved iterations.
#include "core/session/verbs/rule_sets.h"

#include "core/base/text.h"
#include "core/session/project/resources.h"
#include "core/store/damage.h"

#include <algorithm>
#include <functional>

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
    const auto first = std::find_if(diagnostics.begin(), diagnostics.end(),
                                    [](const Diagnostic& d) { return d.severity == Severity::error; });
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

/// Lets `change` edit the saved iterations, in one transaction.
Status changeIterations(Project& project, const std::function<Status(std::vector<refine::Iteration>&)>& change) {
    return project.writing()->changeTable(kTable,
                                          [&](const std::optional<flow::Table>& present) -> Result<flow::Table> {
                                              std::vector<refine::Iteration> saved;
                                              if (present) {
                                                  auto read = refine::fromTable(*present);
                                                  if (!read) return read.error();
                                                  saved = std::move(*read);
                                              }
                                              if (const Status s = change(saved); !s) return s.error();
                                              return refine::toTable(saved);
                                          });
}

}  // namespace

std::string currentRules(const Project& project) {
    const auto damaged = [&](const Error& error) {
        (void)project.reading()->damage()->note({store::Loss::part, 0, "rules: " + error.detail});
    };
    const auto draft = project.reading()->value(kDraftKey);
    if (draft && *draft) return **draft;
    if (!draft) damaged(draft.error());
    const auto saved = iterations(project);
    if (saved && !saved->empty()) return saved->back().text;
    if (!saved) damaged(saved.error());
    return std::string(resourceText("rules", kFirstRules));
}

Status setCurrentRules(Project& project, const std::string& text) {
    return project.writing()->setValue(kDraftKey, text);
}

Result<std::vector<refine::Iteration>> iterations(const Project& project) {
    const auto table = project.reading()->loadTable(kTable);
    if (!table) return table.error();
    if (!*table) return std::vector<refine::Iteration>{};
    auto read = refine::fromTable(**table);
    if (!read) return Error{store::kDamaged, read.error().detail, 0};
    return read;
}

Result<refine::Iteration> saveIteration(Project& project, const std::string& text, const std::string& tag,
                                        std::int64_t parent) {
    auto saved = iterations(project);
    if (!saved) return saved.error();
    const auto from = std::find_if(saved->begin(), saved->end(), byId(parent));
    if (parent != 0 && from == saved->end())
        return Error{Errc::notFound, "there is no iteration " + std::to_string(parent) + " to start from", 0};

    const SnapshotPtr snapshot = project.snapshot();
    const JudgementPtr judgement = Judge().judge(text, SignBasis(snapshot));
    if (!judgement->parsed.good()) return ruleError(judgement->parsed.diagnostics);

    refine::Iteration iteration;
    iteration.parent = parent;
    iteration.name = judgement->parsed.set.name;
    iteration.tag = tag;
    iteration.time = utcNow();
    iteration.text = text;
    if (parent != 0) iteration.edit = refine::describeEdit(from->text, text);
    takeNumbers(*judgement, iteration);
    const Status kept = changeIterations(project, [&](std::vector<refine::Iteration>& now) -> Status {
        iteration.id = now.empty() ? 1 : now.back().id + 1;
        now.push_back(iteration);
        return ok();
    });
    if (!kept) return kept.error();
    return iteration;
}

Status removeIteration(Project& project, std::int64_t id) {
    return changeIterations(project, [&](std::vector<refine::Iteration>& now) -> Status {
        if (std::erase_if(now, byId(id)) == 0)
            return Error{Errc::notFound, "there is no iteration " + std::to_string(id), 0};
        return ok();
    });
}

Status restoreIteration(Project& project, const refine::Iteration& iteration) {
    return changeIterations(project, [&](std::vector<refine::Iteration>& now) -> Status {
        const auto after =
            std::find_if(now.begin(), now.end(), [&](const refine::Iteration& i) { return i.id >= iteration.id; });
        if (after != now.end() && after->id == iteration.id)
            return Error{Errc::usage, "there is an iteration " + std::to_string(iteration.id) + " already", 0};
        now.insert(after, iteration);
        return ok();
    });
}

}  // namespace weir::session
