// Verb: counts the signs of a selection of flows. Rules are judged on these while a filter or time range narrows the
// view.
#pragma once

#include "core/classify/tally_index.h"
#include "core/session/evidence/sign_basis.h"
#include "core/session/rows/select.h"

#include <cstdint>
#include <memory>

namespace weir::session {

/// Immutable.
struct SignPart {
    SelectionPtr selection;  ///< of derived flows; its snapshot has the words that are counted
    RunId run;
    tally::Tally tally;                                 ///< of the selected flows of the run
    std::shared_ptr<const classify::TallyIndex> index;  ///< of `tally`
    std::uint64_t flows = 0, of = 0;                    ///< flows of the run: selected, and all

    /// True when the words are those of this snapshot.
    bool isOf(const Snapshot& snapshot) const { return snapshot.signs(run) == selection->snapshot->signs(run); }
};
using SignPartPtr = std::shared_ptr<const SignPart>;

/// Counts the signs. REQUIRES: the selection's rows are derived flows. Cost: one look-up per row, threaded, plus a sort
/// of the words. Errors: notFound (signs are not computed), cancelled.
Result<SignPartPtr> countSigns(SelectionPtr selection, JobContext& job, const RunId& run = {});

/// The basis for judging rules: the words of the part's snapshot, with the counts of the part.
SignBasis basisOf(const SignPartPtr& part);
/// Judges the text of `whole` on the part. REQUIRES: `whole` has no errors and was judged on the words of the part's
/// snapshot.
JudgementPtr judgePart(const Judgement& whole, const SignPartPtr& part);

}  // namespace weir::session
