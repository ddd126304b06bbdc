// Untitled projects that a crash left in the cache directory.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// A project that was never saved and is not open in any window.
struct Leftover {
    std::string path;
    std::vector<std::string> captures;  ///< paths of what was imported
    std::int64_t changedAt = 0;         ///< µs UTC, of the last change of the file
    std::uint64_t bytes = 0;
};

/// The untitled projects, newest first. Removes projects without captures, and incomplete files left by killed
/// processes. Cost: opens each file.
std::vector<Leftover> findLeftovers();

/// Removes the project's file. Errors: busy (a window has opened it in the meantime), io.
Status removeLeftover(const std::string& path);

}  // namespace weir::session
