// What `top` and `aggregate` share: options of the query, and running it.
#pragma once

#include "app/cli/console.h"
#include "app/cli/group_output.h"
#include "app/cli/project_options.h"

#include <string>
#include <vector>

namespace weir::cli {

struct GroupOptions {
    ProjectOptions project;
    RuleOptions rules;
    std::vector<std::string> filter;
    std::string output = "table", rows = "records";

    void addTo(CLI::App& app);
};
/// Prepares what keys and filter ask for, groups, prints. `request.query` is filled here. Returns the exit code.
int runGroups(const GroupOptions& options, session::TopRequest request, const GroupNames& names, Console& console);

}  // namespace weir::cli
