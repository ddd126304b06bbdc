// User signs whose filters use lists: their bits are valid only for the lists they were computed with.
#pragma once

#include "core/rules/rule_set.h"
#include "core/session/project/snapshot.h"

#include <string>
#include <vector>

namespace weir::session {

/// True when the sign's filter names a list.
bool namesList(const rules::UserSign& sign);
/// Identifies all lists of the snapshot and their vintages, whether or not a filter names them.
std::string listsKey(const Snapshot& snapshot);
/// Removes the user signs whose lists have changed since.
void dropOutdated(std::vector<rules::UserSign>& known, const Snapshot& snapshot);

}  // namespace weir::session
