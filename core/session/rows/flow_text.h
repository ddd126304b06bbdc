// Rows as machine-readable text: named columns, CSV, JSON and format strings.
#pragma once

#include "core/base/result.h"
#include "core/score/profile.h"
#include "core/session/rows/row_marks.h"
#include "core/session/rows/row_reader.h"
#include "core/session/rows/select.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::session {

/// The content of an export line: one direction of a record, or a derived flow.
struct FlowLine {
    const RowData* row = nullptr;
    bool reverse = false;    ///< the record's reverse direction: ends swapped, reverse flags and counters
    bool bothSides = false;  ///< a derived flow: the reverse* columns are filled
    const Judgement* judgement = nullptr;
    std::uint16_t communitySeed = 0;
    const score::Profile* profile = nullptr;  ///< names of the codes; nullptr = nothing is scored
    const RowMarks* marks = nullptr;          ///< nullptr = not requested
};

/// An output column, named after its IPFIX information element if there is one.
struct FlowColumn {
    std::string_view name;
    std::string_view format;  ///< nfdump's code after `%`, "" = none
    /// Default in all formats, default in JSON only, or only when named.
    enum class Use : std::uint8_t { always, inJson, asked };
    Use use = Use::always;
    void (*put)(const FlowLine& line, nlohmann::ordered_json& value);  ///< leaves `value` null when not applicable
};
/// All output columns.
std::span<const FlowColumn> flowColumns();

/// Parses "id,sourceIPv4Address,…" into columns; empty = the default columns (with `json`, those of JSON). Errors:
/// usage (the unknown name, with the nearest known one).
Result<std::vector<const FlowColumn*>> parseFlowColumns(std::string_view list, bool json);

/// A CSV cell (RFC 4180): quoted when it contains a comma, a quote or a line end.
std::string csvCell(std::string text);
/// The header line with the names of the columns.
std::string csvHead(std::span<const FlowColumn* const> columns);
/// A CSV line (RFC 4180). List items are separated by spaces, codes by commas if one contains a space; null is empty.
std::string csvLine(std::span<const FlowColumn* const> columns, const FlowLine& line);
/// One JSON object; addresses only under the key of their family.
nlohmann::ordered_json jsonLine(std::span<const FlowColumn* const> columns, const FlowLine& line);

/// A compiled format string such as "%ts %sa:%sp -> %da:%dp %byt": nfdump's codes, and %id %dir %cls %rul %sgn %cod
/// %bad %god %tag %cid.
class FlowFormat {
public:
    static Result<FlowFormat> parse(std::string_view format);
    std::string line(const FlowLine& line) const;

private:
    struct Piece {
        std::string text;
        const FlowColumn* first = nullptr;
        const FlowColumn* second = nullptr;  ///< for addresses: the IPv6 column; followed by `port` if set
        const FlowColumn* port = nullptr;
    };
    std::vector<Piece> pieces_;
};

}  // namespace weir::session
