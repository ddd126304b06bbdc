// What a project file holds besides records, as plain values.
#pragma once

#include "core/flow/exporter.h"
#include "core/flow/table.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace weir::store {

struct DropLine {
    std::string reason;
    std::uint64_t count = 0, firstOffset = 0;
    bool damage = true;
};
struct SourceInfo {
    std::uint32_t number = 0;                         ///< from 1; never reused
    std::string path, kind, sha256;                   ///< sha256 empty until computed
    std::uint64_t flows = 0, packets = 0, bytes = 0;  ///< records; packets and bytes of both directions
    std::int64_t first = 0, last = 0;                 ///< µs; 0 when empty
    std::uint64_t fileBytes = 0, packetsSeen = 0;     ///< packetsSeen: packets of a trace, 0 for flow files
    double seconds = 0;
    std::string importedAt;  ///< RFC 3339
    std::string settings;    ///< JSON of the settings it was read with
    std::vector<DropLine> drops;
    std::string group;                      ///< the folder it was found in when a folder was imported, else empty
    std::vector<flow::Exporter> exporters;  ///< the column `exporter` counts into it from 1
};

/// A list of the project as of a day. Its text is read on its own.
struct StoredList {
    std::string name, date;  ///< date: YYYY-MM-DD, empty = not known
    std::string source, licence, sha256;
    std::string format;  ///< lists::LineFormat::id
    std::uint64_t entries = 0, rejected = 0;
    std::string addedAt;  ///< RFC 3339
};

/// A tag that an analyst gave to what a filter matches.
struct Mark {
    std::string tag;  ///< letters, digits, `-`, `_` and `.`; in any case
    std::string filter;
    std::string note;  ///< may be empty
    std::string time;  ///< RFC 3339
};

/// A code, or every code, that records which a filter matches do not get: they are known.
struct Silence {
    std::string code;    ///< of a score profile, as it is written there; empty = every code
    std::string filter;  ///< who is known: addresses, ports, ranges, and whatever else a score test may name
    std::string note;    ///< why; may be empty
    std::string until;   ///< the last day on which it holds, YYYY-MM-DD in UTC; empty = for good
    std::string time;    ///< RFC 3339: when it was made
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// What save() stores in one transaction. A packed column of words holds up to billions of small integers (sign words
/// as codes, …).
struct Changes {
    struct Words {
        std::string name;
        std::uint64_t n = 0;
        std::function<void(std::uint64_t from, std::span<std::uint64_t> out)>
            fill;  ///< values from a place on; called from several threads
    };
    std::vector<flow::Table> tables;                          ///< each replaces the table of its name
    std::vector<Words> words;                                 ///< likewise
    std::vector<std::string> removedWords;                    ///< by name
    std::vector<std::pair<std::string, std::string>> values;  ///< key, value
};

}  // namespace weir::store
