// Reads results stored in a project file.
#pragma once

#include "core/store/damage.h"
#include "core/store/project_file.h"

#include <optional>
#include <utility>

namespace weir::session {

/// A stored result that is damaged or unreadable counts as missing and is computed again. The damage is recorded.
template <class T>
std::optional<T> soundOnly(Result<std::optional<T>> read, const store::ProjectFile& file) {
    if (read) return std::move(*read);
    if (read.error().code == store::kDamaged) (void)file.damage()->note({store::Loss::derived, 0, read.error().detail});
    return {};
}

}  // namespace weir::session
