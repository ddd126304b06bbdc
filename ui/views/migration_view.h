// The panel Migration: class × class (or badness × badness), what changes, and what else could change.
#pragma once

#include "ui/compare_view.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/migration_model.h"

class QComboBox;
class QLabel;
class QTableView;

namespace weir::ui {

/// Created by the view registry; the accessors are for tests.
class MigrationView final : public CompareView {
    Q_OBJECT
public:
    MigrationView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;
    MigrationModel& matrix() const { return *model_; }
    QTableView& table() const { return *table_; }
    QString statement() const;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void refresh() override;
    void refreshScores();
    void setStatement(const QString& text);
    void fill(const std::vector<std::uint64_t>& sources);
    void countSources();
    void stretch();
    MoveMeasure measure() const;

    MigrationModel* model_;
    QTableView* table_;
    QLabel* statement_;
    QComboBox* measure_;
    JobRunner lane_;
    std::vector<std::uint64_t> sources_;  ///< by cell of counted_
    session::RuleComparisonPtr counted_;
    std::shared_ptr<const void> shown_;  ///< the comparison that the table shows
};

}  // namespace weir::ui
