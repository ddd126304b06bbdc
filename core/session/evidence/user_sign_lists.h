// User signs whose filters name lists: their bits are valid for the lists they were computed with.
#pragma once

#include "core/rules/rule_set.h"
#include "core/session/project/snapshot.h"

#include <string>
#include <vector>

namespace weir::session {

bool namesList(const rules::UserSign& sign);
/// Identifies all lists of the snapshot and their vintages: which of them a filter names is not looked for.
std::string listsKey(const Snapshot& snapshot);
/// Takes out those whose lists have changed since.
void dropOutdated(std::vector<rules::UserSign>& known, const Snapshot& snapshot);

}  // namespace weir::session
