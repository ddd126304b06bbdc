// Output of compare for two sets of flows: JSON and tables.
#pragma once

#include "app/cli/console.h"
#include "core/session/verbs/deviation.h"

#include <iosfwd>

namespace weir::cli {

/// Returns `row` with the keys flows, packets and bytes added.
Json totalJson(Json row, const classify::ClassTotal& t);

/// The comparison as JSON: keys rules, baseline, now, classes, combinations.
Json deviationJson(const session::FlowComparison& c);
/// The comparison as text: totals, classes, and the 20 combinations of signs that differ most.
void printDeviation(std::ostream& out, const session::FlowComparison& c);

}  // namespace weir::cli
