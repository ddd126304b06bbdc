// History over the saved iterations: which edit moved a combination of signs, and whether the stop criterion is met.
#pragma once

#include "core/refine/iterations.h"
#include "core/rules/rule_set.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::refine {

/// An iteration that changed the combination's class, or put it into or out of conflict, compared with its parent.
struct Blame {
    std::int64_t iteration = 0;
    std::string from, to;  ///< class names; `from` is empty for an iteration without parent
    bool wasConflict = false, isConflict = false;
    std::string edit;  ///< of the iteration, one line
};
/// In order of saving. Iterations whose text has errors are skipped. Cost: one parse per iteration.
std::vector<Blame> blame(std::span<const Iteration> iterations, rules::Word word, const rules::Vocabulary& vocabulary);

/// The stop criterion of methods.md 5: no conflicts, and no further significant drop in unclassified flows.
struct StopVerdict {
    static constexpr double kSignificant = 0.001;  ///< of the one-way flows
    std::uint64_t conflicting = 0;
    std::int64_t gained = 0;  ///< additional flows that the last edit classified
    double share = 0;         ///< of the one-way flows
    bool reached = false;
};
/// `before`: the iteration that was edited. Both must be of the same flows, else `reached` is false.
StopVerdict stopCriterion(const Iteration& now, const Iteration& before);

}  // namespace weir::refine
