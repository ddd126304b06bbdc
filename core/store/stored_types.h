// What a project file has besides records, as plain values.
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

/// Input of a source that was skipped for one reason.
struct DropLine {
    std::string reason;                        ///< "truncated record"
    std::uint64_t count = 0, firstOffset = 0;  ///< how often; byte offset of the first in the file
    bool damage = true;                        ///< whether the input is damaged, not just of no use here
};
/// Description of a source: one imported capture.
struct SourceInfo {
    std::uint32_t number = 0;              ///< from 1; never reused
    std::string path, kind, sha256;        ///< kind: id of the reader; sha256: lower-case hex, empty until computed
    std::uint64_t flows = 0;               ///< number of records
    std::uint64_t packets = 0, bytes = 0;  ///< sums over both directions; bytes of IP datagrams
    std::int64_t first = 0, last = 0;      ///< lowest start and highest end, µs since 1970; 0 without records
    std::uint64_t fileBytes = 0, packetsSeen = 0;  ///< packetsSeen: packets of a trace, 0 for flow files
    double seconds = 0;                            ///< duration of the import
    std::string importedAt;                        ///< RFC 3339, UTC
    std::string settings;                          ///< JSON of the settings it was read with
    std::vector<DropLine> drops;                   ///< one per reason
    std::string group;                             ///< the imported folder that it was found in; empty = a single file
    std::vector<flow::Exporter> exporters;         ///< the column `exporter` is an index into it, from 1
};

/// A list version: a list as of a day. Its text is read separately (readListText()).
struct StoredList {
    std::string name, date;                   ///< date: YYYY-MM-DD, empty = not known
    std::string source, licence, sha256;      ///< sha256: of the text, lower-case hex
    std::string format;                       ///< lists::LineFormat::id
    std::uint64_t entries = 0, rejected = 0;  ///< rejected: lines skipped
    std::string addedAt;                      ///< RFC 3339, UTC
};

/// A tag that an analyst gave to all rows that a filter matches.
struct Mark {
    std::string tag;  ///< letters, digits, `-`, `_` and `.`; compared without case
    std::string filter;
    std::string note;  ///< may be empty
    std::string time;  ///< RFC 3339, UTC: when it was made
};

/// Known-good traffic: records that a filter matches do not get a code, or get no code at all.
struct Silence {
    std::string code;    ///< as in a score profile; empty = all codes
    std::string filter;  ///< which records; may use all terms of a score test
    std::string note;    ///< why; may be empty
    std::string until;   ///< last day on which it holds, YYYY-MM-DD, UTC; empty = no end
    std::string time;    ///< RFC 3339, UTC: when it was made
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// What ProjectFile::save() stores in one transaction.
struct Changes {
    /// A packed column of up to billions of small integers, such as sign words.
    struct Words {
        std::string name;
        std::uint64_t n = 0;  ///< number of words
        /// Fills `out` with the words from index `from` on. Called from several threads.
        std::function<void(std::uint64_t from, std::span<std::uint64_t> out)> fill;
    };
    std::vector<flow::Table> tables;                          ///< each replaces the table of its name
    std::vector<Words> words;                                 ///< each replaces the words of its name
    std::vector<std::string> removedWords;                    ///< names of words to delete
    std::vector<std::pair<std::string, std::string>> values;  ///< key, value
};

}  // namespace weir::store
