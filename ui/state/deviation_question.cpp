// See deviation_question.h.
#include "ui/state/deviation_question.h"

#include "core/session/evidence/open_project.h"
#include "core/session/evidence/prepare.h"
#include "core/session/evidence/user_signs.h"
#include "ui/text/format.h"

#include <filesystem>

namespace weir::ui {
namespace {

Result<KeptPopulation> ofOtherProject(const DeviationQuestion& q, const FlowSide& side, const KeptPopulation& kept,
                                      JobContext& job) {
    KeptPopulation out;
    out.path = side.path;
    for (const rules::UserSign& sign : q.judgement->parsed.set.userSigns)
        out.userSigns.emplace_back(sign.name, sign.filter);
    if (kept.population && kept.path == out.path && kept.userSigns == out.userSigns) return kept;
    std::error_code ignored;
    if (std::filesystem::equivalent(toUtf8(side.path), q.snapshot->path, ignored))
        return Error{Errc::usage, "this project is already open: choose another one, or a time range", 0};
    auto project = session::openProject(toUtf8(side.path));
    if (!project) return project.error();
    if ((*project)->snapshot()->settings.pairing.local.empty())
        return Error{Errc::notFound, "the project has no local networks: open it and set them first", 0};
    if (const Status s = session::prepare(**project, session::RunId(), job); !s) return s.error();
    if (const auto judged = session::judgeText(**project, q.judgement->parsed.set.text, session::RunId(), job); !judged)
        return judged.error();
    const session::SnapshotPtr there = (*project)->snapshot();
    auto population = session::populationOf(*there, {}, session::RunId(), job);
    if (!population) return population.error();
    out.population = std::make_shared<const session::Population>(std::move(*population));
    out.settings = there->settings;
    return out;
}

Result<KeptPopulation> populationFor(const DeviationQuestion& q, const FlowSide& side, const KeptPopulation& kept,
                                     JobContext& job) {
    if (side.kind == FlowSide::Kind::project) return ofOtherProject(q, side, kept, job);
    const auto period = side.period(*q.snapshot->flows, q.shown);
    if (!period)
        return Error{Errc::usage, "no time range is selected: drag over the timeline, or choose another side", 0};
    if (kept.population && kept.path.isEmpty() && kept.signs == q.snapshot->signs() && kept.period == *period)
        return kept;
    auto population = session::populationOf(*q.snapshot, *period, session::RunId(), job);
    if (!population) return population.error();
    KeptPopulation out;
    out.population = std::make_shared<const session::Population>(std::move(*population));
    out.period = *period;
    out.signs = q.snapshot->signs();
    return out;
}

}  // namespace

Result<DeviationAnswer> answerTo(const DeviationQuestion& q, JobContext& job) {
    auto baseline = populationFor(q, q.baseline, q.keptBaseline, job);
    if (!baseline) return baseline.error();
    auto now = populationFor(q, q.now, q.keptNow, job);
    if (!now) return now.error();
    return DeviationAnswer{std::make_shared<const session::FlowComparison>(session::compareFlows(
                               q.judgement->parsed.set.text, *baseline->population, *now->population)),
                           *baseline, *now};
}

}  // namespace weir::ui
