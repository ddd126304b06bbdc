// Networks of well-known operators according to libndpi. The library can look up one address; it cannot list its
// networks.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/address_table.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace weir::label {

/// Version of the libndpi in use: "4.2.0".
std::string ndpiVersion();

/// For each host of `addresses`, by host id: nDPI's protocol number of the operator whose network contains the address
/// (a name for it: ndpiName()), 0 = none. Only IPv4 hosts can have one, since libndpi lists no IPv6 networks. Local
/// hosts and Tor relays have none. `hostBits`: flow::kLocalHost marks local hosts; a missing entry means not local.
/// Source: the prefix tree of nDPI (github.com/ntop/nDPI). Cost: 10 ms, and 0.1 µs per IPv4 host. Runs in the calling
/// thread. Errors: io ("libndpi could not be set up"), cancelled.
Result<std::vector<std::uint16_t>> ndpiOperators(const flow::AddressTable& addresses,
                                                 std::span<const std::uint8_t> hostBits, JobContext& job);

/// Name of a number of ndpiOperators(): "AmazonAWS". Empty if libndpi cannot be set up. Cost: 10 ms.
std::string ndpiName(std::uint16_t number);

}  // namespace weir::label
