// See cache_folder.h.
#include "core/session/project/cache_folder.h"

#include <cstdlib>

namespace weir::session {

Result<std::filesystem::path> cacheFolder() {
    const char* xdg = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    std::filesystem::path base = xdg && *xdg     ? std::filesystem::path(xdg)
                                 : home && *home ? std::filesystem::path(home) / ".cache"
                                                 : std::filesystem::temp_directory_path();
    std::error_code error;
    std::filesystem::create_directories(base / "weir", error);
    if (error)
        return Error{Errc::io, "cannot create the folder " + (base / "weir").string() + ": " + error.message(), 0};
    return base / "weir";
}

}  // namespace weir::session
