// Reading what a project file keeps of results.
#pragma once

#include "core/store/damage.h"
#include "core/store/project_file.h"

#include <optional>
#include <utility>

namespace weir::session {

/// A stored result that is damaged, or cannot be read, counts as not there: it is computed again. Damage is noted.
template <class T>
std::optional<T> soundOnly(Result<std::optional<T>> read, const store::ProjectFile& file) {
    if (read) return std::move(*read);
    if (read.error().code == store::kDamaged) (void)file.damage()->note({store::Loss::derived, 0, read.error().detail});
    return {};
}

}  // namespace weir::session
