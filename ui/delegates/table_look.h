// Look and behaviour of every table of the workbench: compact rows, grid drawn by the delegates, whole rows selected.
#pragma once

class QTableView;

namespace weir::ui {

/// Sets up a table: rows of one height, no vertical header, NumberDelegate for all columns; section sizes are
/// unchanged. Receiving the focus does not make a row current.
void setUpTable(QTableView& table);
/// Receiving the focus does not make a cell current. Part of setUpTable() and setUpHeatTable().
void chooseByHandOnly(QTableView& table);

}  // namespace weir::ui
