// A host's number in an address table.
#pragma once

#include <cstdint>

namespace weir::flow {

/// Index into an AddressTable: ids are in address order (IPv4 first, then IPv6), so a prefix is one id range.
/// A plain integer on purpose: columns of them are packed, gathered and counted by the million.
using HostId = std::uint32_t;
inline constexpr HostId kNoHost = ~HostId{0};

}  // namespace weir::flow
