// See conflict_heat_map.h.
#include "ui/views/conflict_heat_map.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/delegates/heat_header.h"
#include "ui/models/conflict_matrix_model.h"

#include <algorithm>
#include <vector>

namespace weir::ui {

ConflictHeatMap::ConflictHeatMap(QWidget* parent) : QTableView(parent), model_(new ConflictMatrixModel(this)) {
    setModel(model_);
    setItemDelegate(new HeatDelegate(this));
    setHorizontalHeader(new HeatHeader(Qt::Horizontal, this));
    setVerticalHeader(new HeatHeader(Qt::Vertical, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    const int height = weir::ui::rowHeight(fontMetrics());
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setAccessibleName(tr("Conflicts, class by class"));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (choosing_ || !index.isValid()) return;
        const auto pair = model_->pairAt(index);
        emit pairChosen(pair ? pair->first : -1, pair ? pair->second : -1);
    });
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (const auto pair = model_->pairAt(index))
            emit flowsWanted(pair->first, pair->second);
        else if (index.isValid())
            emit onlyClassWanted(model_->classAt(index.row()));
    });
    connect(model_, &QAbstractItemModel::dataChanged, this, &ConflictHeatMap::stretch);
    connect(model_, &QAbstractItemModel::modelReset, this, [this] {
        updateGeometry();
        stretch();
    });
}

void ConflictHeatMap::setJudgement(const session::JudgementPtr& judgement) { model_->setJudgement(judgement); }

void ConflictHeatMap::choose(int a, int b) {
    choosing_ = true;
    const auto index = a < 0 || b < 0 ? QModelIndex() : model_->cellOf(a, b);
    if (!index.isValid()) {
        selectionModel()->clear();
    } else if (model_->pairAt(currentIndex()) != model_->pairAt(index)) {
        setCurrentIndex(index);
    } else if (!selectionModel()->isSelected(currentIndex())) {
        selectionModel()->select(currentIndex(), QItemSelectionModel::ClearAndSelect);
    }
    choosing_ = false;
}

QSize ConflictHeatMap::sizeHint() const {
    const int rows = model_->rowCount();
    return {verticalHeader()->sizeHint().width() + 60 * rows, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 1};
}

QSize ConflictHeatMap::minimumSizeHint() const { return {120, horizontalHeader()->sizeHint().height() + 3 * verticalHeader()->defaultSectionSize()}; }

void ConflictHeatMap::stretch() {
    const int columns = model_->columnCount();
    if (columns == 0) return;
    std::vector<int> needed;
    int sum = 0;
    for (int c = 0; c < columns; ++c) {
        int least = horizontalHeader()->fontMetrics().horizontalAdvance(model_->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString()) + 19;
        for (int r = 0; r < columns; ++r) least = std::max(least, sizeHintForIndex(model_->index(r, c)).width());
        needed.push_back(least);
        sum += least;
    }
    const int spare = std::max(0, viewport()->width() - sum);
    for (int c = 0; c < columns; ++c) setColumnWidth(c, needed[std::size_t(c)] + spare * (c + 1) / columns - spare * c / columns);
}

void ConflictHeatMap::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    stretch();
}

}  // namespace weir::ui
