// Rows as text for machines: named columns, CSV, JSON and format strings.
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

/// One direction of a record, or a derived flow: what a line of an export shows.
struct FlowLine {
    const RowData* row = nullptr;
    bool reverse = false;    ///< the record's other direction: ends exchanged, reverse flags and counters
    bool bothSides = false;  ///< a derived flow: the reverse* columns are filled
    const Judgement* judgement = nullptr;
    std::uint16_t communitySeed = 0;
    const score::Profile* profile = nullptr;  ///< names of the codes; nullptr = nothing is scored
    const RowMarks* marks = nullptr;          ///< nullptr = nobody asked
};

/// An output column: an IPFIX information element where there is one, else a name of our own.
struct FlowColumn {
    std::string_view name;
    std::string_view format;  ///< nfdump's code behind `%`, "" = none
    enum class Use : std::uint8_t {
        always,
        inJson,
        asked
    };  ///< in every default, in that of JSON only, only when named
    Use use = Use::always;
    void (*put)(const FlowLine& line, nlohmann::ordered_json& value);  ///< leaves null when it does not apply
};
std::span<const FlowColumn> flowColumns();

/// "id,sourceIPv4Address,…" → columns; empty = the default ones, `json`: of JSON.  Error: which name is unknown, with
/// the nearest one.
Result<std::vector<const FlowColumn*>> parseFlowColumns(std::string_view list, bool json);

/// RFC 4180: quoted when it holds a comma, a quote or a line end.
std::string csvCell(std::string text);
std::string csvHead(std::span<const FlowColumn* const> columns);
/// RFC 4180 cells; lists are blank-separated, those of codes by commas where a code has a blank in it; null is empty.
std::string csvLine(std::span<const FlowColumn* const> columns, const FlowLine& line);
/// One object; addresses under the key of their family only.
nlohmann::ordered_json jsonLine(std::span<const FlowColumn* const> columns, const FlowLine& line);

/// A format string such as "%ts %sa:%sp -> %da:%dp %byt": nfdump's codes, and %id %dir %cls %rul %sgn %cod %bad %god
/// %tag %cid.
class FlowFormat {
public:
    static Result<FlowFormat> parse(std::string_view format);
    std::string line(const FlowLine& line) const;

private:
    struct Piece {
        std::string text;
        const FlowColumn* first = nullptr;
        const FlowColumn* second = nullptr;  ///< addresses: the IPv6 column; with `port` glued on behind
        const FlowColumn* port = nullptr;
    };
    std::vector<Piece> pieces_;
};

}  // namespace weir::session
