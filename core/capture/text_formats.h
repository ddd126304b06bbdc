// The text formats of flow tools, each recognised by its names or its shape.
#pragma once

#include "core/capture/text_file.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::capture::text {

/// A name in a head and what it means.
struct Name {
    std::string_view name;
    Field field;
    Form form = Form::automatic;
};
/// Columns of `row` by exact name (any case); a name that the table has twice gives two columns. In the order of the
/// table.
std::vector<Column> columnsByName(std::span<const std::string> row, std::span<const Name> names);
bool holds(std::span<const std::string> row, std::string_view name);
/// Plan of a text with the head `row`: delimiter, first row of data, columns.
Plan planWithHead(std::string_view text, const FirstRow& row, std::span<const Name> names);

/// Empty when the text is not of that format. They look at the first lines only.
std::optional<Plan> planNfdump(
    std::string_view text);  ///< nfdump -o csv: 1.6 to 1.7.2 (48 columns, with or without head) and later
std::optional<Plan> planZeek(std::string_view text);      ///< conn.log, tab-separated, with its #-lines or without
std::optional<Plan> planZeekJson(std::string_view text);  ///< conn.log, one object a line
std::optional<Plan> planArgus(std::string_view text);     ///< ra, CTU-13 binetflow
std::optional<Plan> planCicFlowMeter(std::string_view text);
std::optional<Plan> planRwcut(std::string_view text);  ///< SiLK
std::optional<Plan> planIpfix(
    std::string_view text);  ///< IPFIX names as head, or as keys of JSON objects: Weir's own csv, ndjson and json

template <auto planOf>
int probeAs(std::span<const std::byte> head) {
    return planOf(textOf(head)) ? 90 : 0;
}
template <auto planOf>
Result<std::unique_ptr<FlowFile>> openAs(const FileBytes& bytes, const ReadOptions&) {
    auto plan = planOf(textOf(bytes.head()));
    if (!plan) return Error{Errc::unsupported, "the first lines are not those of this format", 0};
    return openText(bytes, std::move(*plan));
}

/// Any other delimited text or JSON lines, by ReadOptions::csvMapping (csv_mapping.h). Error without one: which columns
/// were recognised, and how to map.
int probeMapped(std::span<const std::byte> head);
Result<std::unique_ptr<FlowFile>> openMapped(const FileBytes& bytes, const ReadOptions& options);

}  // namespace weir::capture::text
