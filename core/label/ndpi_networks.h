// Networks of well-known operators, as libndpi knows them. The library can be asked about an address, not listed.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/flow/address_table.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace weir::label {

/// "4.2.0"
std::string ndpiVersion();

/// By host: nDPI's number of the operator's protocol ("Google", "AmazonAWS", …), 0 = none. IPv4 only, which is all the
/// library knows. Local hosts (flow::kLocalHost) and Tor relays are none. Cost: about 0.1 µs an IPv4 host. Errors: io
/// (the library cannot be set up), cancelled.
Result<std::vector<std::uint16_t>> ndpiOperators(const flow::AddressTable& addresses,
                                                 std::span<const std::uint8_t> hostBits, JobContext& job);

/// "AmazonAWS"
std::string ndpiName(std::uint16_t number);

}  // namespace weir::label
