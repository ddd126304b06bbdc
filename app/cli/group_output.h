// Groups of `top` and `aggregate` as JSON, CSV and a table.
#pragma once

#include "app/cli/console.h"
#include "core/session/verbs/top.h"

#include <string>
#include <vector>

namespace weir::cli {

/// Columns of the keys: one `value` for the keys of an element, or each key by its name.
struct GroupNames {
    bool oneValue = true;
    std::string title;  ///< of the value in the table for people
};
/// `form`: "table", "csv" or "json". False: another word.
bool printGroups(Console& console, const session::GroupList& list, const GroupNames& names, const std::string& form);

}  // namespace weir::cli
