// The panel Code combinations: which codes occur together, worst first. A click shows their records, Enter makes them
// the filter.
#pragma once

#include "ui/models/code_combination_model.h"
#include "ui/view.h"

class QSpinBox;
class QTableView;
class QToolButton;

namespace weir::ui {

class CodesDelegate;

/// Created by the view registry; the accessors are for tests.
class CodeCombinationView final : public View {
    Q_OBJECT
public:
    CodeCombinationView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    CodeCombinationModel& combinations() const { return *model_; }
    QTableView& table() const { return *table_; }
    QSpinBox& leastBadness() const { return *badness_; }
    QSpinBox& mostGoodness() const { return *goodness_; }
    QToolButton& presetAll() const { return *all_; }
    QToolButton& presetWorst() const { return *worst_; }

protected:
    /// A narrow panel leaves the room of the share bars to the codes.
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void buildControls();
    void refresh();
    void applyQuery();
    void showPreset();
    void onCurrent();
    void onPicked();
    void filterBy(int row, bool andAlso);

    CodeCombinationModel* model_;
    QTableView* table_;
    CodesDelegate* codes_;
    QWidget *presets_, *limits_;
    QToolButton *all_, *worst_;
    QSpinBox *badness_, *goodness_;
    bool following_ = false;
};

}  // namespace weir::ui
