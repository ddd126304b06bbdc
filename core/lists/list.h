// A named list of prefixes or ports with its provenance, and lookups in it.
#pragma once

#include "core/base/diagnostic.h"
#include "core/flow/address_table.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

/// An address or network of a list. Its comment stays in the text: commentAt().
struct PrefixEntry {
    flow::Prefix prefix;
    std::uint32_t line = 0;  ///< of the text, from 1
};

/// A port of a list.
struct PortEntry {
    std::uint16_t port = 0;
    std::uint8_t protocol = 0;  ///< IP protocol number; 0 = any
    std::uint32_t line = 0;     ///< of the text, from 1
};

/// Where a list comes from, as its head says; empty = not given.
struct Provenance {
    std::string source, date, licence;  ///< date: YYYY-MM-DD; if it cannot be read, the text of the head
};

/// A list as read from its text.
struct List : Provenance {
    std::string name;                  ///< without the @ of filters
    std::string_view format;           ///< id of its line format (line_format.h)
    std::vector<PrefixEntry> entries;  ///< in the order of the text; a range has one entry per prefix
    std::vector<PortEntry> ports;      ///< in the order of the text
    std::uint64_t rejected = 0;        ///< lines skipped: neither entry nor comment
    Diagnostics problems;              ///< warnings of the first kMostProblems skipped lines

    /// Number of entries, prefixes and ports together.
    std::size_t size() const { return entries.size() + ports.size(); }
};
/// Limit on List::problems.
inline constexpr std::size_t kMostProblems = 1000;

/// Reads a list. The first line of data decides the format. Never fails: lines that cannot be read are counted and
/// described. Cost: linear in the text; 24 bytes per entry.
List parseList(std::string name, std::string_view text);
/// The comment of the entry in that line of the text ("SBL1", "reliability 4, risk 2, Scanning Host"); empty if there
/// is none. Cost: reads the text up to the line.
std::string commentAt(std::string_view text, std::uint32_t line);

/// The most specific entry that contains the address, the first of several; nullptr if none does. The pointer is valid
/// as long as the list. Cost: linear in the entries.
const PrefixEntry* findEntry(const List& list, const flow::IpAddr& address);
/// One byte per host of the table, by host id: 1 = some entry contains the address. Ports do not count. Cost:
/// O(entries × log hosts).
std::vector<std::uint8_t> markMembers(const flow::AddressTable& addresses, const List& list);

}  // namespace weir::lists
