// What compare says of two populations of flows: JSON keys and tables.
#pragma once

#include "app/cli/console.h"
#include "core/session/verbs/deviation.h"

#include <iosfwd>

namespace weir::cli {

/// `row` with flows, packets and bytes.
Json totalJson(Json row, const classify::ClassTotal& t);

Json deviationJson(const session::FlowComparison& c);
void printDeviation(std::ostream& out, const session::FlowComparison& c);

}  // namespace weir::cli
