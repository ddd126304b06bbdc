// The tags of a snapshot's marks, and the filters under them.
#pragma once

#include "core/session/project/snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Each tag once, by name.
std::vector<std::string> tagsOf(const std::vector<Mark>& marks);

/// The filter, and behind it those of all marks whose tags it names: whoever looks which words a filter has looks at
/// this.
std::string withMarks(const Snapshot& snapshot, std::string_view filter);

}  // namespace weir::session
