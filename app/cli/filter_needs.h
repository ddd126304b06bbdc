// What must be computed before a filter can be evaluated.
#pragma once

#include "app/cli/project_options.h"

#include <string>

namespace weir::cli {

/// What a verb needs besides what its filter needs.
struct Wanted {
    bool signs = false, flows = false, scores = false;  ///< flows: pairing and directions
};

/// Computes signs, flows and scores as far as `wanted`, the filter, or a mark whose tag the filter names needs them;
/// each costs a pass over the records. Returns the snapshot to use from now on; the judgement is null without signs.
/// Errors: those of judgeProject() and of the computations, cancelled.
Result<Judged> prepareFor(session::Project& project, const std::string& filter, Wanted wanted,
                          const ProjectOptions& options, const RuleOptions& rules, Console& console);

}  // namespace weir::cli
