// The status bar: project, saved or not, times and zone, local networks, rule set, conflicts, unclassified.
#pragma once

#include <QWidget>

class QLabel;
class QStatusBar;
class QToolButton;

namespace weir::ui {

class PlaceKeeper;
class Workbench;

/// Follows the workbench; nothing has to be called.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    StatusLine(Workbench& workbench, PlaceKeeper& keeper, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showProject();
    void showFigures();
    void showScores();
    void showJudgement();
    void showEvidence();
    void setTone(QLabel* label, const QColor& color);

    Workbench& workbench_;
    PlaceKeeper& keeper_;
    QLabel* project_;
    QLabel* saved_;
    QToolButton* zone_;
    QToolButton* local_;
    QLabel* rules_;
    QLabel* conflicts_;
    QLabel* unclassified_;
    QLabel *profile_, *scored_, *worst_;
    QToolButton* cleaned_;
    QLabel* sampled_;
    QLabel* speed_;
};

}  // namespace weir::ui
