// Round places and labels for a time axis and for a count axis.
#pragma once

#include "ui/state/workbench.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

struct Tick {
    double at = 0;  ///< µs, or the count
    QString label;
};
/// Round times in [from, to], at most `most` of them, aligned to the zone's clock.
std::vector<Tick> timeTicks(std::int64_t fromUs, std::int64_t toUs, int most, Zone zone);
/// 0, a half and a round top that is not below `highest`.
std::vector<Tick> countTicks(double highest);

}  // namespace weir::ui
