// Counting what was skipped, by reason.
#include "core/capture/drop_counts.h"

#include <algorithm>

namespace weir::capture {

void DropCounts::add(std::string_view reason, std::uint64_t offset, bool damage, std::uint64_t count) {
    for (Drop& d : drops_) {
        if (d.reason != reason) continue;
        d.count += count;
        d.firstOffset = std::min(d.firstOffset, offset);
        d.damage |= damage;
        return;
    }
    drops_.push_back({reason, count, offset, damage});
}

void DropCounts::merge(const DropCounts& other) {
    for (const Drop& d : other.drops_) add(d.reason, d.firstOffset, d.damage, d.count);
}

std::uint64_t DropCounts::damaged() const {
    std::uint64_t n = 0;
    for (const Drop& d : drops_)
        if (d.damage) n += d.count;
    return n;
}

}  // namespace weir::capture
