// The panel Top: the highest values of an element, or sums by several keys, over the rows that match filter, time range
// and row kind.
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/models/top_model.h"
#include "ui/view.h"

class QComboBox;
class QLineEdit;
class QMenu;
class QSpinBox;
class QTableView;

namespace weir::ui {

class BarDelegate;
enum class FilterMode : unsigned char;

/// Created by the view registry; the accessors are for tests.
class TopView final : public View {
    Q_OBJECT
public:
    TopView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    TopModel& groups() const { return *model_; }
    QTableView& table() const { return *table_; }
    QComboBox& element() const { return *element_; }
    QLineEdit& keys() const { return *keys_; }
    QComboBox& order() const { return *order_; }
    QSpinBox& most() const { return *most_; }
    JobRunner& job() { return job_; }
    /// Filters by the value of a shown row.
    void filterBy(int row, FilterMode mode);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void buildPickers();
    bool severalKeys() const;
    Result<session::TopRequest> request() const;
    void recompute();
    void take(Result<GroupListPtr> result);
    void fitColumns(bool fresh);
    void showResult();
    void addMenu(QMenu& menu, int row);
    void copyJson(const QList<int>& rows) const;
    void pick(int row);
    QString filterOf(int row) const;

    TopModel* model_;
    QTableView* table_;
    BarDelegate* bar_;
    QWidget* picker_;
    QComboBox* element_;
    QLineEdit* keys_;
    QComboBox* order_;
    QSpinBox* most_;
    JobRunner job_;
    QString problem_;
    bool stale_ = true;  ///< changed while not visible
};

}  // namespace weir::ui
