// How a project is opened.
#pragma once

#include <chrono>
#include <string>

namespace weir::store {

/// Options of ProjectFile::open() and create().
struct Opening {
    bool forEditing = false;  ///< for a window: only one can edit a project, others get it read-only
    std::chrono::milliseconds wait = std::chrono::seconds(30);  ///< limit on waiting for the turn to write
    std::string readOnlyReason = {};                            ///< not empty: open read-only, and why
    /// Where private copies go that may be needed to read a write-protected project; empty = the folder for temporary
    /// files.
    std::string privateFolder = {};
};

}  // namespace weir::store
