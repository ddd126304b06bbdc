// See row_selection.h.
#include "ui/row_selection.h"

#include <algorithm>

namespace weir::ui {

void RowSelection::set(std::uint64_t first, std::uint64_t last) {
    ranges_.assign(1, {std::min(first, last), std::max(first, last)});
}

void RowSelection::add(std::uint64_t first, std::uint64_t last) {
    Range added{std::min(first, last), std::max(first, last)};
    std::vector<Range> out;
    for (const Range& r : ranges_) {
        const bool apart = r.last + 1 < added.first || added.last + 1 < r.first;
        if (apart)
            out.push_back(r);
        else
            added = {std::min(added.first, r.first), std::max(added.last, r.last)};
    }
    out.insert(std::find_if(out.begin(), out.end(), [&](const Range& r) { return r.first > added.first; }), added);
    ranges_ = std::move(out);
}

void RowSelection::toggle(std::uint64_t row) {
    const auto it =
        std::find_if(ranges_.begin(), ranges_.end(), [row](const Range& r) { return r.first <= row && row <= r.last; });
    if (it == ranges_.end()) return add(row, row);
    const Range hit = *it;
    const auto at = ranges_.erase(it);
    const auto next = hit.last > row ? ranges_.insert(at, {row + 1, hit.last}) : at;
    if (hit.first < row) ranges_.insert(next, {hit.first, row - 1});
}

bool RowSelection::contains(std::uint64_t row) const {
    const auto it = std::upper_bound(ranges_.begin(), ranges_.end(), row,
                                     [](std::uint64_t v, const Range& r) { return v < r.first; });
    return it != ranges_.begin() && row <= std::prev(it)->last;
}

std::uint64_t RowSelection::count() const {
    std::uint64_t n = 0;
    for (const Range& r : ranges_) n += r.last - r.first + 1;
    return n;
}

}  // namespace weir::ui
