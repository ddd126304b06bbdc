// Captures as import and info print them.
#pragma once

#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "core/store/project_file.h"

#include <ostream>
#include <span>

namespace weir::cli {

/// A capture as JSON. Keys: number path folder kind sha256 flows packets bytes first last read dropped exporters
/// seconds. `read`: packets of a trace, records of a flow file.
Json sourceJson(const store::SourceInfo& source);
TextTable sourceTable();  ///< an empty table of captures
/// Adds a capture to a sourceTable().
void addSourceRow(TextTable& table, const store::SourceInfo& source);
/// Prints an empty line and a table of exporters with what was lost on the way; nothing if no capture has exporters.
void printExporters(std::ostream& out, std::span<const store::SourceInfo> sources);
/// A time (µs since 1970) as RFC 3339 text; null unless `any`.
Json timeJson(bool any, std::int64_t us);

}  // namespace weir::cli
