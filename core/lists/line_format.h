// Readers of published list formats, one line at a time, and the registry that finds the format of a text.
#pragma once

#include "core/lists/list.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::lists {

/// Content of one line.
struct Line {
    std::vector<flow::Prefix> prefixes;  ///< of an address, a prefix or a range; a range: the fewest that cover it
    std::vector<PortEntry> ports;        ///< at most one; its line number is not set
    std::string comment;                 ///< text of the line besides its address or port
    std::string problem;                 ///< why the line has no entry; empty = it has one, or is a remark
    std::size_t column = 1, length = 1;  ///< where the problem is: bytes, the first column is 1
    bool remark = false;                 ///< the line is empty, a comment or a header: no entry, no problem

    /// Makes the line empty, and keeps its memory.
    void clear();
    /// Sets the problem `why`, which is about `part` of `line`. A `part` that is not inside `line` counts from
    /// column 1.
    void reject(std::string_view line, std::string_view part, std::string why);
};

/// Reads the lines of one text in order. Not thread-safe; create one reader per text.
class LineReader {
public:
    virtual ~LineReader() = default;
    /// Reads the next line, which has no line end. `out` must be clear.
    virtual void read(std::string_view line, Line& out) = 0;
};

/// One row of the registry.
struct LineFormat {
    std::string_view id, label;  ///< "misp-csv", "MISP attributes (CSV)"; ids are stored in project files
    bool (*begins)(
        std::string_view line);  ///< whether this first line of data (not empty, no comment) is of the format
    std::unique_ptr<LineReader> (*make)();  ///< creates a reader
};
/// All formats in the order in which they are tried. The last one, plain, accepts every text.
std::span<const LineFormat> lineFormats();

/// The text without blanks, tabs and carriage returns at both ends; a view into it.
std::string_view trimmed(std::string_view text);
/// Appends the prefixes of `part`, an address, a prefix or a range `first-last`, to out.prefixes. False: `part` is none
/// of these, or would match all of IPv4 through `::ffff:0:0/96`; then out.problem says what was expected. `part` must
/// be inside `line`.
bool readAddresses(std::string_view line, std::string_view part, Line& out);
/// The comma-separated fields of a line, RFC 4180: without quotes, a doubled quote is one. At least one field.
std::vector<std::string> csvFields(std::string_view line);

// The formats, each in a file of its own. begins…(): see LineFormat::begins.
std::unique_ptr<LineReader> makePlainReader();       ///< addresses, prefixes, ranges or ports; accepts every text
bool beginsAlienVault(std::string_view line);        ///< `address#number#number#…`
std::unique_ptr<LineReader> makeAlienVaultReader();  ///< AlienVault's reputation list
bool beginsMispCsv(std::string_view line);           ///< a header with `type` and `value`
std::unique_ptr<LineReader> makeMispCsvReader();     ///< attributes exported by MISP
bool beginsBadActors(std::string_view line);         ///< a header with `ip` and `type`, `reputation` or `action`
std::unique_ptr<LineReader> makeBadActorReader();    ///< records of the scoring framework (methods.md 9)

}  // namespace weir::lists
