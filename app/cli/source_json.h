// A capture as import and info print it.
#pragma once

#include "app/cli/console.h"
#include "app/cli/text_table.h"
#include "core/store/project_file.h"

namespace weir::cli {

/// Keys: number path kind sha256 flows packets bytes first last read dropped seconds. `read` = packets of a trace, records of a flow file.
Json sourceJson(const store::SourceInfo& source);
TextTable sourceTable();
void addSourceRow(TextTable& table, const store::SourceInfo& source);
/// Null for a capture without flows.
Json timeJson(bool any, std::int64_t us);

}  // namespace weir::cli
