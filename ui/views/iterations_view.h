// The panel Iterations: chart, table, and the diff of two iterations or of an iteration and the draft.
#pragma once

#include "ui/view.h"

#include <QTimer>

#include <cstdint>

class QLabel;
class QListView;
class QTableView;
class QToolButton;

namespace weir::ui {

class IterationDiffModel;
class IterationHistory;
class IterationModel;
class IterationsChart;

/// Created by the view registry; the accessors are for tests.
class IterationsView final : public View {
    Q_OBJECT
public:
    IterationsView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    QTableView& table() const { return *table_; }
    IterationModel& iterations() const { return *model_; }
    IterationDiffModel& diff() const { return *diff_; }
    IterationsChart& chart() const { return *chart_; }
    void showDiff(bool show);

private:
    void build();
    void refreshHistory();
    void refreshDraft();
    void refreshChart();
    QString stopText() const;
    void refreshDiff();
    void refreshButtons();
    std::int64_t chosen() const;  ///< 0 = the draft or nothing
    QString textOf(std::int64_t id) const;

    IterationHistory& history_;
    QTimer chartSoon_;
    IterationModel* model_;
    IterationDiffModel* diff_;
    IterationsChart* chart_;
    QTableView* table_;
    QWidget* diffPane_;
    QLabel* diffTitle_;
    QListView* diffList_;
    QToolButton* compare_;
    QToolButton* branch_;
    QToolButton* restore_;
};

}  // namespace weir::ui
