// Printing the groups of `top` and `aggregate` as JSON, CSV or a table.
#pragma once

#include "app/cli/console.h"
#include "core/session/verbs/top.h"

#include <string>
#include <vector>

namespace weir::cli {

/// How the columns of the keys are named.
struct GroupNames {
    bool oneValue = true;  ///< one column `value` for all keys; else one column per key, with its name
    std::string title;     ///< heading of the value in the table
};
/// Prints the groups. `form`: "table", "csv" or "json"; returns false for any other text.
bool printGroups(Console& console, const session::GroupList& list, const GroupNames& names, const std::string& form);

}  // namespace weir::cli
