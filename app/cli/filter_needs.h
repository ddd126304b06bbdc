// What must be worked out before a filter can be asked.
#pragma once

#include "app/cli/project_options.h"

#include <string>

namespace weir::cli {

/// What is wanted besides what the filter speaks of.
struct Wanted {
    bool signs = false, flows = false, scores = false;
};

/// Signs cost a pass over everything, flows and scores one of their own: each only when the filter, a mark whose tag it
/// names, or `wanted` asks for it. Without signs there is no judgement, but the snapshot is the one to go on with.
Result<Judged> prepareFor(session::Project& project, const std::string& filter, Wanted wanted,
                          const ProjectOptions& options, const RuleOptions& rules, Console& console);

}  // namespace weir::cli
