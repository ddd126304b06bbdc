// The panel Sign combinations: click sign headers to filter, hide rare ones, select one to show it everywhere.
#pragma once

#include "ui/view.h"

class QSpinBox;
class QTableView;

namespace weir::ui {

class BarDelegate;
class CutOffBox;
class DotDelegate;
class CombinationModel;
class CombinationSignChips;
class RotatedHeader;
enum class SignWish;

/// Created by the view registry; the accessors are for tests.
class CombinationView final : public View {
    Q_OBJECT
public:
    CombinationView(Workbench& workbench, QWidget* parent);
    QList<QWidget*> titleControls() override;
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    CombinationModel& combinations() const { return *model_; }
    QTableView& table() const { return *table_; }
    RotatedHeader& header() const { return *header_; }
    QSpinBox& cutOff() const;

private:
    void build();
    void layOutColumns();
    void refresh();
    void applyQuery();
    void refreshScope();
    void onCurrent();
    void onPicked();
    void showFlows(int row);

    CombinationModel* model_;
    QTableView* table_;
    RotatedHeader* header_;
    CombinationSignChips* chips_;
    CutOffBox* cutOffBox_;
    DotDelegate* dots_ = nullptr;
    BarDelegate* bar_ = nullptr;
    std::vector<std::string> signNames_;  ///< that the columns are laid out for
    bool following_ = false;
};

}  // namespace weir::ui
