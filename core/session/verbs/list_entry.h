// Text of an address's entry in a list.
#pragma once

#include "core/session/project/project.h"

#include <string>
#include <string_view>

namespace weir::session {

/// From the vintage of that time (µs): "is in line 48,112 of @alienvault of 2026-10-13 "Scanning Host""; empty when the
/// address is not in the list, or the list does not exist.
std::string entryText(const Snapshot& snapshot, std::string_view list, const flow::IpAddr& address, std::int64_t at);

}  // namespace weir::session
