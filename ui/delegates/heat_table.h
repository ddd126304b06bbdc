// Look of the class × class maps: compact rows, class headers on both sides, columns that fill the width.
#pragma once

class QTableView;

namespace weir::ui {

/// Sets up a heat-map table. REQUIRES: the table has its model.
void setUpHeatTable(QTableView& table);
/// Makes each column as wide as its widest text and distributes the remaining width.
void stretchHeatColumns(QTableView& table);

}  // namespace weir::ui
