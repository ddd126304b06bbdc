// Shared by `top` and `aggregate`: options of the query, and running it.
#pragma once

#include "app/cli/console.h"
#include "app/cli/group_output.h"
#include "app/cli/project_options.h"

#include <string>
#include <vector>

namespace weir::cli {

/// Options of both verbs.
struct GroupOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::vector<std::string> filter;                 ///< joined by blanks
    std::string output = "table", rows = "records";  ///< rows: "records" or "derived"

    /// Adds the options to a verb; they must outlive it.
    void addTo(CLI::App& app);
};
/// Computes what the keys and the filter need, groups, prints. Sets `request.query`. Returns the exit code.
int runGroups(const GroupOptions& options, session::TopRequest request, const GroupNames& names, Console& console);

}  // namespace weir::cli
