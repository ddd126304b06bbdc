// What a list says of an address.
#pragma once

#include "core/session/project/project.h"

#include <string>
#include <string_view>

namespace weir::session {

/// By the vintage of that time (µs): "is in line 48,112 of @alienvault of 2026-10-13 "Scanning Host""; empty when it is
/// not in it, or there is no such list.
std::string entryText(const Snapshot& snapshot, std::string_view list, const flow::IpAddr& address, std::int64_t at);

}  // namespace weir::session
