// Text of endpoints and amounts in the evidence of built-in tests.
#pragma once

#include "core/flow/address_table.h"
#include "core/flow/filter_batch.h"
#include "core/flow/schema.h"

#include <cstdint>
#include <string>

namespace weir::score {

/// "10.0.0.1 to 203.0.113.9 port 443"; REQUIRES the columns of both ends and the ICMP type.
std::string contactText(const flow::RecordColumns& columns, flow::Side side, std::size_t row,
                        const flow::AddressTable& addresses);
/// A time span: "1 h", "10 min", "90 s", "32.3 s", "1235 s"; three significant digits below 100 s.
std::string spanText(std::int64_t us);
/// "12.3 %"
std::string percentText(std::uint64_t part, std::uint64_t whole);

}  // namespace weir::score
