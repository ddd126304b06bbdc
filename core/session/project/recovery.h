// Untitled projects that a crash left in the cache directory.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// A project that was never saved and that no window has open.
struct Leftover {
    std::string path;
    std::vector<std::string> captures;  ///< paths of what was imported
    std::int64_t changedAt = 0;         ///< µs UTC, of the last change of the file
    std::uint64_t bytes = 0;
};

/// The newest first. Removes what holds no capture, and files that killed processes left half written. Cost: opens each
/// file.
std::vector<Leftover> findLeftovers();

/// Removes the project's file. Errors: busy (a window has opened it meanwhile), io.
Status removeLeftover(const std::string& path);

}  // namespace weir::session
