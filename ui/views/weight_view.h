// The dock Weights: points of the codes, edited in place while every table is ranked anew; which profile is in force.
#pragma once

#include "ui/view.h"

class QTableView;
class QToolButton;

namespace weir::ui {

class WeightModel;

class WeightView final : public View {
    Q_OBJECT
public:
    WeightView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override { return {profiles_, revert_}; }
    QTableView& table() const { return *table_; }
    WeightModel& weights() const { return *model_; }
    QToolButton& revert() const { return *revert_; }
    /// Puts a text in the place of the profile, unless it has errors: then the first one is said. `name` for the undo
    /// step.
    bool loadProfile(const QString& text, const QString& name);

private:
    void build();
    void openEditors();
    void refresh();
    void fillProfiles();
    void openFile();
    void writeFile();
    void onCurrent();
    void onPicked();

    WeightModel* model_;
    QTableView* table_;
    QToolButton *profiles_, *revert_;
    bool following_ = false;
};

}  // namespace weir::ui
