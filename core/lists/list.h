// A set of prefixes, asked once per host, or of ports, with a source and a date.
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/result.h"
#include "core/flow/address_table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

struct PrefixEntry {
    flow::Prefix prefix;
    std::uint32_t line = 0;   ///< in the text it came from
    std::string comment;
};

struct PortEntry {
    std::uint16_t port = 0;
    std::uint8_t protocol = 0;  ///< 0 = any
    std::uint32_t line = 0;
    std::string comment;
};

/// A named list of prefixes or ports. Text form: one CIDR, address or port (`23`, `tcp/23`, `udp/161`) a line, `#` and `;` comments; head lines
/// `# source: …` and `# date: YYYY-MM-DD`.
struct List {
    std::string name, source, date;
    std::vector<PrefixEntry> entries;
    std::vector<PortEntry> ports;
    Diagnostics problems;  ///< lines that are neither (kept out, counted)
};
List parseList(std::string name, std::string_view text);

/// The first entry that holds the address (the most specific one), or nullptr.
const PrefixEntry* findEntry(const List& list, const flow::IpAddr& address);
/// One byte per host of the table: 1 = in the list. O(entries x log hosts).
std::vector<std::uint8_t> markMembers(const flow::AddressTable& addresses, const List& list);

}  // namespace weir::lists
