// The list of damage, under a lock.
#include "core/store/damage.h"

#include <algorithm>

namespace weir::store {

Error DamageLog::note(Damage damage) {
    // The text may contain names from the file.
    for (char& c : damage.text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    Error error{kDamaged, path_ + ": damaged: " + damage.text, 0};
    const std::lock_guard lock(mutex_);
    const auto same = [&](const Damage& d) { return d.source == damage.source && d.text == damage.text; };
    if (std::none_of(found_.begin(), found_.end(), same)) found_.push_back(std::move(damage));
    return error;
}

std::vector<Damage> DamageLog::list() const {
    const std::lock_guard lock(mutex_);
    return found_;
}

bool DamageLog::leavesOut(std::uint32_t source) const {
    const std::lock_guard lock(mutex_);
    return std::any_of(found_.begin(), found_.end(),
                       [&](const Damage& d) { return d.loss == Loss::source && d.source == source; });
}

bool DamageLog::anyLoss() const {
    const std::lock_guard lock(mutex_);
    return std::any_of(found_.begin(), found_.end(), [](const Damage& d) { return d.loss != Loss::derived; });
}

std::string chunkName(std::uint32_t source, std::string_view column, std::uint32_t chunk) {
    return "source " + std::to_string(source) + ", column " + std::string(column) + ", chunk " + std::to_string(chunk);
}

}  // namespace weir::store
