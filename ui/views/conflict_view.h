// The conflict report: heat map of class pairs, their sign combinations, rule pairs, unclassified combinations, and
// combinations that violate a declaration.
#pragma once

#include "core/conflict/conflict.h"
#include "ui/view.h"

#include <QString>

#include <memory>
#include <vector>

class QSpinBox;
class QTabBar;
class QStackedWidget;
class QTableView;

namespace weir::ui {

class CutOffBox;
class ConflictHeatMap;
class ConflictList;
class ConflictRulePairModel;

/// Created by the view registry; the accessors are for tests.
class ConflictView final : public View {
    Q_OBJECT
public:
    ConflictView(Workbench& workbench, QWidget* parent);
    QJsonObject state() const override;
    void restore(const QJsonObject& state) override;

    enum Page { kPair, kRulePairs, kUnclassified, kBroken };
    void showPage(Page page);
    ConflictHeatMap& heatMap() const { return *map_; }
    ConflictList& pairList() const { return *pairList_; }
    ConflictList& unclassifiedList() const { return *unclassifiedList_; }
    ConflictList& brokenList() const { return *brokenList_; }
    ConflictRulePairModel& rulePairs() const { return *rulePairs_; }

private:
    void build();
    void refresh();
    void refreshPair();
    void refreshPages();
    void refreshUnclassified();
    void choosePair(int a, int b);
    void onPairPicked();
    void setCutOff(int flows);
    int classNamed(const QString& name) const;

    ConflictHeatMap* map_;
    ConflictList* pairList_;
    ConflictList* unclassifiedList_;
    ConflictList* brokenList_;
    std::unique_ptr<conflict::Combinations> broken_;  ///< what brokenList_ shows
    ConflictRulePairModel* rulePairs_;
    QTableView* rulePairTable_;
    QTabBar* tabs_;
    QStackedWidget* pages_;
    CutOffBox* cutOffBox_;
    QSpinBox* cutOff_;
    QString classA_, classB_;  ///< the chosen pair, by name: indices change with the text
    bool following_ = false;
};

}  // namespace weir::ui
