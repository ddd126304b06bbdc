// Any delimited text as flows: a mapping says which column is which IPFIX element; proposals come from names and
// values.
#pragma once

#include "core/base/result.h"
#include "core/capture/text_file.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture {

/// How a column may be read; decides which forms there are.
enum class ElementKind : std::uint8_t { address, port, protocol, flags, time, duration, number };

/// Something a column can be.
struct MapElement {
    std::string_view name;   ///< IPFIX information element; packetTotal and octetTotal of both directions are ours
    std::string_view label;  ///< for people: "Source address"; empty = another spelling of one above it
    ElementKind kind;
    text::Field field;
    text::Form form = text::Form::automatic;  ///< unit of a number
};
std::span<const MapElement> mapElements();
const MapElement* findElement(std::string_view name);

/// Ways to read a time or duration: "s", "ms", "us", "ns", "dmy", "mdy".
struct MapForm {
    std::string_view name, label;
    text::Form form;
    bool timeOnly = false;
};
std::span<const MapForm> mapForms();
/// Name of the form; empty for automatic.
std::string_view formName(text::Form form);

/// One column of a mapping.
struct MappedColumn {
    const MapElement* element = nullptr;
    std::size_t number = 0;  ///< from 1; 0 = by `name`
    std::string name;        ///< of the head, or a path of JSON members
    text::Form form = text::Form::automatic;
};
struct CsvMapping {
    std::vector<MappedColumn> columns;
    char delimiter = '\0';     ///< '\0' = the one that fits
    std::optional<bool> head;  ///< the first row holds names; not said = it does when a cell of it cannot be read
};

/// `ELEMENT=COLUMN[:FORM],…`: COLUMN is a number from 1 or a name, in quotes when it holds one of ,=:" (a quote is
/// doubled). FORM is one of mapForms(), only for times and durations; without one a number has the unit of the
/// element's name. Further words: `delimiter=comma|tab|pipe|semicolon`, `head=yes|no`. Error: which part, with the
/// nearest name.
Result<CsvMapping> parseMapping(std::string_view text);
std::string toText(const CsvMapping& mapping);

/// The mapping on a text. Errors (one line each): a name that the head does not have, a number beyond it, no source,
/// destination or time.
Result<text::Plan> planOfMapping(std::string_view text, const CsvMapping& mapping);

/// A column of a text and what it could be.
struct ProposedColumn {
    std::string name;                     ///< of the head; empty without one
    std::vector<std::string> samples;     ///< first values
    const MapElement* element = nullptr;  ///< nullptr = no idea
    text::Form form = text::Form::automatic;
    int confidence = 0;  ///< 0…100: 90 an IPFIX name, 70 a usual name whose values fit, 40 values alone
};
struct Proposal {
    char delimiter = ',';
    bool head = false;
    std::vector<ProposedColumn> columns;
    CsvMapping mapping() const;   ///< of the columns that have an element
    std::string missing() const;  ///< "source address, time"; empty = enough to import
    std::string headKey() const;  ///< the same for all files with this head: what a remembered mapping is kept by
};
/// Empty when not a delimited text file. Reads the first rows only. `delimiter` '\0' = the one that fits; `head` not
/// said = by the look of the first row.
std::optional<Proposal> proposeMapping(std::string_view text, char delimiter = '\0', std::optional<bool> head = {});

/// True for a delimited text that only a mapping can read: the window asks for one.
bool wantsMapping(std::span<const std::byte> head);

}  // namespace weir::capture
