// The class × class map of the conflict report. Arrow keys move the selected cell; Enter or a double click requests its
// flows.
#pragma once

#include "core/session/evidence/judge.h"

#include <QTableView>

namespace weir::ui {

class ConflictMatrixModel;

/// Emits pairChosen() when the user selects a cell.
class ConflictHeatMap final : public QTableView {
    Q_OBJECT
public:
    explicit ConflictHeatMap(QWidget* parent = nullptr);
    void setJudgement(const session::JudgementPtr& judgement);
    ConflictMatrixModel& matrix() const { return *model_; }
    /// Selects the cell of two class indices without emitting pairChosen(); -1 clears.
    void choose(int a, int b);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void pairChosen(int a, int b);  ///< class indices; -1, -1 on the diagonal
    void flowsWanted(int a, int b);
    void onlyClassWanted(int classIndex);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    ConflictMatrixModel* model_;
    bool choosing_ = false;
};

}  // namespace weir::ui
