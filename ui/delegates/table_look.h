// How every table of the workbench looks and behaves: compact rows, grid drawn by the delegates, whole rows selected.
#pragma once

class QTableView;

namespace weir::ui {

/// Rows of one height, no vertical header, NumberDelegate for all columns, sections left as they are.
void setUpTable(QTableView& table);

}  // namespace weir::ui
