// A set of prefixes with a source and a date, asked once per host.
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

/// A named list of prefixes. Text form: one CIDR or address a line, `#` and `;` comments; head lines `# source: …` and `# date: YYYY-MM-DD`.
struct PrefixList {
    std::string name, source, date;
    std::vector<PrefixEntry> entries;
    Diagnostics problems;  ///< lines that are no prefix (kept out, counted)
};
PrefixList parsePrefixList(std::string name, std::string_view text);

/// The first entry that holds the address (the most specific one), or nullptr.
const PrefixEntry* findEntry(const PrefixList& list, const flow::IpAddr& address);
/// One byte per host of the table: 1 = in the list. O(entries x log hosts).
std::vector<std::uint8_t> markMembers(const flow::AddressTable& addresses, const PrefixList& list);

}  // namespace weir::lists
