// The directory of untitled projects.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string_view>

namespace weir::session {

inline constexpr std::string_view kUntitled = "untitled-";  ///< prefix of untitled projects' file names

/// $XDG_CACHE_HOME/weir or ~/.cache/weir, created if missing. Errors: io.
Result<std::filesystem::path> cacheFolder();

}  // namespace weir::session
