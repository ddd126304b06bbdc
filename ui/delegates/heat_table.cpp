// See heat_table.h.
#include "ui/delegates/heat_table.h"
#include "ui/delegates/table_look.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/delegates/heat_header.h"

#include <QTableView>

#include <algorithm>
#include <vector>

namespace weir::ui {

void setUpHeatTable(QTableView& table) {
    chooseByHandOnly(table);
    table.setItemDelegate(new HeatDelegate(&table));
    table.setHorizontalHeader(new HeatHeader(Qt::Horizontal, &table));
    table.setVerticalHeader(new HeatHeader(Qt::Vertical, &table));
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setTabKeyNavigation(false);
    table.setCornerButtonEnabled(false);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    const int height = rowHeight(table.fontMetrics());
    table.verticalHeader()->setMinimumSectionSize(height);
    table.verticalHeader()->setDefaultSectionSize(height);
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
}

void stretchHeatColumns(QTableView& table) {
    const QAbstractItemModel& model = *table.model();
    const int columns = model.columnCount();
    if (columns == 0) return;
    std::vector<int> needed;
    int sum = 0;
    QStyleOptionViewItem option;
    option.fontMetrics = table.fontMetrics();
    for (int c = 0; c < columns; ++c) {
        int least = table.horizontalHeader()->fontMetrics().horizontalAdvance(
                        model.headerData(c, Qt::Horizontal, Qt::DisplayRole).toString()) +
                    19;
        for (int r = 0; r < model.rowCount(); ++r)
            least = std::max(least, table.itemDelegate()->sizeHint(option, model.index(r, c)).width());
        needed.push_back(least);
        sum += least;
    }
    const int spare = std::max(0, table.viewport()->width() - sum);
    for (int c = 0; c < columns; ++c)
        table.setColumnWidth(c, needed[std::size_t(c)] + spare * (c + 1) / columns - spare * c / columns);
}

}  // namespace weir::ui
