// Copies of flow rows: text, CSV, JSON with raw numbers; filters for nfdump and Wireshark.
#pragma once

#include "ui/models/flow_columns.h"

#include <vector>

namespace weir::ui {

/// Format of a copy.
enum class RowCopyForm : unsigned char { text, csv, json, nfdump, wireshark };

/// Text of the rows in this form. `columns` are indices into flowColumns() in shown order; nfdump and Wireshark filters
/// ignore them.
QString copyFlows(const std::vector<session::RowData>& rows, const FlowText& text,
                  const std::vector<std::size_t>& columns, RowCopyForm form);

}  // namespace weir::ui
