// The row under the menus: history, filter and chips, saved filters, records or flows, direction, number of matching
// rows.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace weir::ui {

class FilterEdit;
class FilterField;
class Workbench;

/// Follows the FlowFilter of the workbench.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    FilterBar(Workbench& workbench, QWidget* parent);
    FilterEdit* edit() const { return edit_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void buildDirections();
    void bindActions();
    void showFilter();
    void showCounts();
    void showProblem();
    void fillSaved();
    void askName();

    Workbench& workbench_;
    FilterEdit* edit_;
    FilterField* field_;
    QToolButton* back_;
    QToolButton* forward_;
    QToolButton* star_;
    QToolButton* records_;
    QToolButton* flows_;
    QToolButton* direction_;
    QLabel* counts_;
    QLabel* hint_;
};

}  // namespace weir::ui
