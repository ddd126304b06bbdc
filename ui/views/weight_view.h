// The panel Weights: points of the codes, edited in place while all tables are ranked again; choice of the current
// profile.
#pragma once

#include "ui/view.h"

class QTableView;
class QToolButton;

namespace weir::ui {

class WeightModel;

/// Created by the view registry; the accessors are for tests.
class WeightView final : public View {
    Q_OBJECT
public:
    WeightView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override { return {profiles_, revert_}; }
    QTableView& table() const { return *table_; }
    WeightModel& weights() const { return *model_; }
    QToolButton& revert() const { return *revert_; }
    /// Replaces the profile by a text; can be undone under `name`. Returns false and reports the first error if the
    /// text has any.
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
