// See sign_part.h.
#include "core/session/rows/sign_part.h"

namespace weir::session {

Result<SignPartPtr> countSigns(SelectionPtr selection, JobContext& job, const RunId& run) {
    const Snapshot& snapshot = *selection->snapshot;
    const auto& data = snapshot.signs(run);
    if (!data || !snapshot.flows) return Error{Errc::notFound, "the signs are not computed yet", 0};
    if (!job.step(0, selection->count, "counting signs", "flows")) return cancelledError();
    auto part = std::make_shared<SignPart>();
    part->run = run;
    part->tally = selection->all
                      ? data->tally
                      : tally::tallyWords(data->words.span(), *snapshot.flows, run.direction,
                                          selection->picked.span().first(std::size_t(selection->count)), job.threads());
    part->index = std::make_shared<const classify::TallyIndex>(part->tally);
    for (const tally::WordCount& w : part->tally) part->flows += w.flows;
    for (const tally::WordCount& w : data->tally) part->of += w.flows;
    part->selection = std::move(selection);
    if (!job.step(part->flows, part->flows, "counting signs", "flows")) return cancelledError();
    return SignPartPtr(std::move(part));
}

SignBasis basisOf(const SignPartPtr& part) {
    return SignBasis(part->selection->snapshot, part->run).counting(part->tally, part);
}

JudgementPtr judgePart(const Judgement& whole, const SignPartPtr& part) {
    return judgePart(whole, part->tally, part, part->index);
}

}  // namespace weir::session
