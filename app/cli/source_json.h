// A capture as import and info print it.
#pragma once

#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "core/store/project_file.h"

#include <ostream>
#include <span>

namespace weir::cli {

/// Keys: number path kind sha256 flows packets bytes first last read dropped exporters seconds. `read` = packets of a
/// trace, records of a flow file.
Json sourceJson(const store::SourceInfo& source);
TextTable sourceTable();
void addSourceRow(TextTable& table, const store::SourceInfo& source);
/// A table of who sent the records and what was lost on the way; nothing when no source has exporters.
void printExporters(std::ostream& out, std::span<const store::SourceInfo> sources);
/// Null for a capture without flows.
Json timeJson(bool any, std::int64_t us);

}  // namespace weir::cli
