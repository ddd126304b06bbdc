// Verb: counts flows over time by class, direction or badness, at a fixed resolution.
#pragma once

#include "core/session/rows/select.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// How rows are divided into bands. By class: the classes of the rule set in their order, Other, "two-way" and "not
/// classified"; without sign words, the directions. By badness: four ranges and "not scored"; without scores, as by
/// class.
enum class TimelineBy : std::uint8_t { classes, direction, badness };

/// counts[band][slot] = rows that start in the slot.
struct Timeline {
    std::int64_t fromUs = 0, slotUs = 0;
    std::vector<std::string> bands;
    std::vector<std::vector<std::uint64_t>> counts;
    std::vector<std::uint64_t> totals;  ///< by band
    std::size_t slotCount = 0;          ///< (`slots` is a macro of Qt)
    TimelineBy by = TimelineBy::direction;
};
/// Divides the time span of the data into at most `mostSlots` slots of a round length (1 s, 2 s, 5 s, 10 s, 30 s, 1
/// min, … 10 min, 1 h, 1 day).
Result<Timeline> buildTimeline(const SelectionPtr& selection, std::size_t mostSlots, TimelineBy by, JobContext& job);

}  // namespace weir::session
