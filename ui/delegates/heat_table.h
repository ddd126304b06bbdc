// How class x class maps look: compact rows, class heads on both sides, columns that fill the width.
#pragma once

class QTableView;

namespace weir::ui {

/// REQUIRES: the table has its model.
void setUpHeatTable(QTableView& table);
/// Every column as wide as its widest text, the rest of the width shared out.
void stretchHeatColumns(QTableView& table);

}  // namespace weir::ui
