// The head of a list: comments that say where it comes from.
#pragma once

#include "core/lists/list.h"

#include <string>
#include <string_view>

namespace weir::lists {

/// Reads one comment line of the head into `out`: `source: …`, `List source URL : …`, `Last update: …`, `licence: …`,
/// in any case. Of several lines for one field the first counts. Other comments change nothing.
void readHead(std::string_view comment, Provenance& out);
/// The day of a date as people and programs write it ("2026-11-22", "Sat, 22 Aug 2026 03:00:29 +0200", "Wed Mar 16
/// 12:50:02 2022 GMT") as YYYY-MM-DD; the zone is ignored. Years 1990 to 2199. Empty if the text has no date.
std::string findDay(std::string_view text);

}  // namespace weir::lists
