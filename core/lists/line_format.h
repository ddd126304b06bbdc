// How one line of a published list is read: a registry of formats, found by their first line of data.
#pragma once

#include "core/lists/list.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

/// What a line holds. A range of addresses becomes the fewest prefixes that cover it.
struct Line {
    std::vector<flow::Prefix> prefixes;
    std::vector<PortEntry> ports;  ///< at most one
    std::string comment;
    std::string problem;                 ///< not empty: the line is no entry, and why
    std::size_t column = 1, length = 1;  ///< of the problem
    bool remark = false;                 ///< a line without data; what it says is in `comment`

    void clear();
    void reject(std::string_view line, std::string_view part, std::string why);
};

/// Made for one text; sees its lines in order, the one that begins() took first.
class LineReader {
public:
    virtual ~LineReader() = default;
    virtual void read(std::string_view line, Line& out) = 0;
};

struct LineFormat {
    std::string_view id, label;             ///< "misp-csv", "MISP attributes (CSV)"
    bool (*begins)(std::string_view line);  ///< of the first line that is neither empty nor a comment
    std::unique_ptr<LineReader> (*make)();
};
/// The last one takes every text.
std::span<const LineFormat> lineFormats();

std::string_view trimmed(std::string_view text);
/// An address, a prefix, or `first-last` into out.prefixes; false: into out.problem why not. `line` holds `part`.
bool readAddresses(std::string_view line, std::string_view part, Line& out);
/// Comma-separated fields, quoted ones without their quotes.
std::vector<std::string> csvFields(std::string_view line);

// The formats, each in a file of its own.
std::unique_ptr<LineReader> makePlainReader();
bool beginsAlienVault(std::string_view line);
std::unique_ptr<LineReader> makeAlienVaultReader();
bool beginsMispCsv(std::string_view line);
std::unique_ptr<LineReader> makeMispCsvReader();
bool beginsBadActors(std::string_view line);
std::unique_ptr<LineReader> makeBadActorReader();

}  // namespace weir::lists
