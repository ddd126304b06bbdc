// Round positions and labels for a time axis and a count axis.
#pragma once

#include "ui/state/workbench.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// One tick of an axis.
struct Tick {
    double at = 0;  ///< µs, or the count
    QString label;
};
/// At most `most` round times in [from, to], aligned to the zone's clock.
std::vector<Tick> timeTicks(std::int64_t fromUs, std::int64_t toUs, int most, Zone zone);
/// Ticks at 0, the middle, and a round maximum that is not below `highest`.
std::vector<Tick> countTicks(double highest);

}  // namespace weir::ui
