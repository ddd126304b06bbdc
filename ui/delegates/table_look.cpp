// See table_look.h.
#include "ui/delegates/table_look.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/delegates/rotated_header.h"

#include <QHeaderView>
#include <QTableView>

namespace weir::ui {

void setUpTable(QTableView& table) {
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setTabKeyNavigation(false);
    table.setItemDelegate(new NumberDelegate(&table));
    table.setHorizontalHeader(new RotatedHeader(&table));
    const int height = rowHeight(table.fontMetrics());
    table.verticalHeader()->setMinimumSectionSize(height);
    table.verticalHeader()->setDefaultSectionSize(height);
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setMinimumSectionSize(24);
}

}  // namespace weir::ui
