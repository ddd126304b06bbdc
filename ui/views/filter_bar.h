// The row under the menus: history, filter, time range, saved filters, records or flows, how many rows pass.
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace weir::ui {

class FilterEdit;
class Workbench;

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
    void bindActions();
    void showFilter();
    void showCounts();
    void showProblem();
    void fillSaved();
    void askName();

    Workbench& workbench_;
    FilterEdit* edit_;
    QWidget* field_;
    QToolButton* back_;
    QToolButton* forward_;
    QToolButton* times_;
    QToolButton* star_;
    QToolButton* records_;
    QToolButton* flows_;
    QLabel* counts_;
    QLabel* hint_;
};

}  // namespace weir::ui
