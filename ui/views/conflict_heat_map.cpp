// See conflict_heat_map.h.
#include "ui/views/conflict_heat_map.h"

#include "ui/delegates/heat_table.h"
#include "ui/models/conflict_matrix_model.h"

namespace weir::ui {

ConflictHeatMap::ConflictHeatMap(QWidget* parent) : QTableView(parent), model_(new ConflictMatrixModel(this)) {
    setModel(model_);
    setUpHeatTable(*this);
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
    connect(model_, &QAbstractItemModel::dataChanged, this, [this] { stretchHeatColumns(*this); });
    connect(model_, &QAbstractItemModel::modelReset, this, [this] {
        updateGeometry();
        stretchHeatColumns(*this);
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
    return {verticalHeader()->sizeHint().width() + 60 * rows,
            horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 1};
}

QSize ConflictHeatMap::minimumSizeHint() const {
    return {120, horizontalHeader()->sizeHint().height() + 3 * verticalHeader()->defaultSectionSize()};
}

void ConflictHeatMap::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    stretchHeatColumns(*this);
}

}  // namespace weir::ui
