// Where projects live that have no name yet.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string_view>

namespace weir::session {

inline constexpr std::string_view kUntitled = "untitled-";  ///< how the names of untitled projects begin

/// $XDG_CACHE_HOME/weir or ~/.cache/weir, made if missing. Errors: io.
Result<std::filesystem::path> cacheFolder();

}  // namespace weir::session
