// What the columns of a text mean: compiled once, run for every row.
#pragma once

#include "core/capture/text_lines.h"
#include "core/capture/text_values.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture::text {

/// What a column of a text says about a flow. More than flow::Col: sums of both directions, ages, and what only one
/// tool writes.
enum class Field : std::uint8_t {
    none,
    start,
    end,
    duration,
    source,
    destination,
    sourcePort,
    destinationPort,
    protocol,
    tcpFlags,
    reverseTcpFlags,
    packets,
    bytes,
    reversePackets,
    reverseBytes,
    bothPackets,
    bothBytes,
    icmpTypeCode,
    icmpType,
    icmpCode,
    sourceAs,
    destinationAs,
    inInterface,
    outInterface,
    tos,
    destinationTos,
    sourceVlan,
    destinationVlan,
    sourceMask,
    destinationMask,
    samplingInterval,
    zeekHistory,
    zeekState,
    argusState,
    argusIcmp,  ///< text of those tools, see text_states.h
    finCount,
    synCount,
    rstCount,
    pshCount,
    ackCount,
    urgCount,
    cwrCount,
    eceCount,  ///< packets with the flag, in either direction
};

/// How ICMP type and code are written when the row has no columns for them.
enum class IcmpRule : std::uint8_t {
    destinationPort,  ///< 256 x type + code: nfdump, SiLK, IPFIX exporters
    typeAndCode,      ///< type as source port, code as destination port
    none,             ///< other columns said it
    zeek,  ///< type as source port; the destination port is the answering type where there is one, else the code
};

struct Column {
    std::uint16_t index = 0;  ///< field of the row, from 0
    Field field = Field::none;
    Form form = Form::automatic;
    bool second = false;  ///< an earlier column says the same: this one counts where that one is empty
};

struct Plan {
    Layout layout;
    std::vector<Column> columns;  ///< in the order in which they are read
    std::string unset, empty;     ///< what stands for "no value": Zeek's - and (empty)
    char comment = '\0';          ///< rows that begin with it are skipped
    std::string head;             ///< the row of names as it stands in the file: its repetitions are skipped
    std::size_t firstRow = 0;     ///< offset of the first row of data
    std::size_t fields = 0;       ///< that a row must have: the last column that is used, and those before it
    std::string trailer;          ///< a line that ends the data: nfdump's Summary
    IcmpRule icmp = IcmpRule::destinationPort;
    bool notIpIsFine = false;   ///< rows of protocols that are not IP are expected, not damage (Argus)
    bool derivesFlags = false;  ///< flags come from a state or history
    std::size_t rowFields = 0;  ///< how many fields a row has, 0 = any: cuts are made in front of such rows

    /// Sets `fields`, `second` and `derivesFlags`; call it when `columns` is complete.
    void complete();
    bool has(Field f) const;
};

/// The first row of a text: where it stands, its fields, and what separates them.
struct FirstRow {
    std::size_t begin = 0, end = 0;  ///< end: behind its line end
    char delimiter = ',';
    std::vector<std::string> fields;  ///< trimmed, without a byte order mark
};
/// Reads the first non-empty line from `from` on; the delimiter is the one that cuts it, and the line behind it, into
/// most equal parts. Empty when not a delimited text file (fewer than two fields, bytes that are no text).
std::optional<FirstRow> firstRow(std::string_view text, std::size_t from = 0);
/// The same with a known delimiter.
FirstRow firstRowWith(std::string_view text, std::size_t from, char delimiter);
/// Length of a byte order mark.
std::size_t markLength(std::string_view text);
/// The fields of the row at `from`, at most `most`.
std::vector<std::string> fieldsAt(std::string_view text, std::size_t from, const Layout& layout, std::size_t most);

}  // namespace weir::capture::text
