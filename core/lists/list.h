// A named list of prefixes, asked once per host, or of ports, with its provenance.
#pragma once

#include "core/base/diagnostic.h"
#include "core/flow/address_table.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

/// What the entry says besides its address stays in the text: commentAt().
struct PrefixEntry {
    flow::Prefix prefix;
    std::uint32_t line = 0;  ///< in the text it came from
};

struct PortEntry {
    std::uint16_t port = 0;
    std::uint8_t protocol = 0;  ///< 0 = any
    std::uint32_t line = 0;
};

/// What the head of a text says about it; empty = nothing. The date is `YYYY-MM-DD`, or as it stands there when it
/// cannot be read.
struct Provenance {
    std::string source, date, licence;
};

struct List : Provenance {
    std::string name;
    std::string_view format;           ///< id of its line format (line_format.h)
    std::vector<PrefixEntry> entries;  ///< in text order
    std::vector<PortEntry> ports;
    std::uint64_t rejected = 0;  ///< lines that are neither entry nor comment
    Diagnostics problems;        ///< the first kMostProblems of those

    std::size_t size() const { return entries.size() + ports.size(); }
};
inline constexpr std::size_t kMostProblems = 1000;

/// The text's first line of data decides its format. Costs 24 bytes an entry.
List parseList(std::string name, std::string_view text);
/// What that line of the text says besides its address or port ("SBL1", "reliability 4, risk 2, Scanning Host"). Cost:
/// linear in `line`.
std::string commentAt(std::string_view text, std::uint32_t line);

/// The first entry that holds the address (the most specific one), or nullptr.
const PrefixEntry* findEntry(const List& list, const flow::IpAddr& address);
/// One byte per host of the table: 1 = in the list. O(entries x log hosts).
std::vector<std::uint8_t> markMembers(const flow::AddressTable& addresses, const List& list);

}  // namespace weir::lists
