// See table_look.h.
#include "ui/delegates/table_look.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/delegates/rotated_header.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

namespace weir::ui {
namespace {

/// A table without a current row gets the first one from Qt when it receives the focus; here a current row shows in the
/// Inspector or narrows the view, so only the user makes one. A current index that was set, even to none, stays.
class NoRowByFocus final : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        auto* table = event->type() == QEvent::FocusIn ? qobject_cast<QTableView*>(watched) : nullptr;
        if (table && table->model() && !table->currentIndex().isValid()) table->setCurrentIndex({});
        return false;
    }
};

}  // namespace

void chooseByHandOnly(QTableView& table) { table.installEventFilter(new NoRowByFocus(&table)); }

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
    chooseByHandOnly(table);
}

}  // namespace weir::ui
