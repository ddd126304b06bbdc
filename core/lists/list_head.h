// What the comments at the head of a list say about where it comes from.
#pragma once

#include "core/lists/list.h"

#include <string>
#include <string_view>

namespace weir::lists {

/// `source: …`, `List source URL : …`, `Last update: …`, `licence: …`, in any case. The first line of each kind counts.
void readHead(std::string_view comment, Provenance& out);
/// The day in a date as people and programs write it ("2026-11-22", "Sat, 22 Aug 2026 03:00:29 +0200", "Wed Mar 16
/// 12:50:02 2022 GMT") as `YYYY-MM-DD`; empty: there is none.
std::string findDay(std::string_view text);

}  // namespace weir::lists
