// Verb: flows over time by class, direction or badness, at a fixed resolution.
#pragma once

#include "core/session/rows/select.h"

#include <cstdint>
#include <string>
#include <vector>

namespace weir::session {

/// By classes: those of the rule set in their order, Other, then "two-way" and "not classified" when sign words are
/// there; else the directions. By badness: four steps and "not scored" when scores are there; else as by classes.
enum class TimelineBy : std::uint8_t { classes, direction, badness };

/// counts[band][slot]: rows that start in the slot.
struct Timeline {
    std::int64_t fromUs = 0, slotUs = 0;
    std::vector<std::string> bands;
    std::vector<std::vector<std::uint64_t>> counts;
    std::vector<std::uint64_t> totals;  ///< by band
    std::size_t slotCount = 0;          ///< (`slots` is a macro of Qt)
    TimelineBy by = TimelineBy::direction;
};
/// At most `mostSlots` slots over the data's span; the slot is a round length (1 s, 2 s, 5 s, 10 s, 30 s, 1 min, … 10
/// min, 1 h, 1 day).
Result<Timeline> buildTimeline(const SelectionPtr& selection, std::size_t mostSlots, TimelineBy by, JobContext& job);

}  // namespace weir::session
