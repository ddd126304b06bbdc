// Selected rows of a list of any length, stored as ranges.
#pragma once

#include <cstdint>
#include <vector>

namespace weir::ui {

/// Ranges are sorted, disjoint and not adjacent. Each change costs O(number of ranges). Row numbers are 64-bit.
class RowSelection {
public:
    struct Range {
        std::uint64_t first = 0, last = 0;  ///< inclusive
    };
    void clear() { ranges_.clear(); }
    void set(std::uint64_t first, std::uint64_t last);  ///< selects only this range; the ends may be in any order
    void add(std::uint64_t first, std::uint64_t last);
    void toggle(std::uint64_t row);
    bool contains(std::uint64_t row) const;
    std::uint64_t count() const;
    bool empty() const { return ranges_.empty(); }
    const std::vector<Range>& ranges() const { return ranges_; }

private:
    std::vector<Range> ranges_;
};

}  // namespace weir::ui
