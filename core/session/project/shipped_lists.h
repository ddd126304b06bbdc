// The lists that ship with the program, parsed once.
#pragma once

#include "core/lists/list.h"

#include <vector>

namespace weir::session {

/// The bogon list in force (shipped with its date).
const lists::List& bogonList();
/// All shipped lists, by name.
const std::vector<lists::List>& shippedLists();

}  // namespace weir::session
