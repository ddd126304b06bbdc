// The tags of a snapshot's marks, and their filters.
#pragma once

#include "core/session/project/snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// Each tag once, sorted by name.
std::vector<std::string> tagsOf(const std::vector<Mark>& marks);

/// The filter, followed by those of all marks whose tags it names. Use this to find out which keywords a filter depends
/// on.
std::string withMarks(const Snapshot& snapshot, std::string_view filter);

}  // namespace weir::session
