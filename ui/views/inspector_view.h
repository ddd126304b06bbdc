// The Inspector: why the selected flow, record, host, port, combination or rule was scored or classified that way, and
// what would change it.
#pragma once

#include "ui/models/inspector_subject.h"
#include "ui/view.h"

#include <functional>
#include <memory>

class QLabel;
class QToolButton;

namespace weir::ui {

class InspectorClaims;
class InspectorCodes;
class InspectorFigures;
class InspectorMeetingModel;
class InspectorRepairModel;
class InspectorRuleModel;
class InspectorSection;
class WalkChart;
class InspectorShares;
class InspectorSignModel;
class InspectorTable;
class InspectorTimeBars;
class JobRunner;

/// Created by the view registry; the accessors are for tests.
class InspectorView final : public View {
    Q_OBJECT
public:
    InspectorView(Workbench& workbench, QWidget* parent);
    ~InspectorView() override;
    const InspectorSubject& subject() const { return subject_; }
    InspectorSignModel& signModel() const { return *signs_; }
    InspectorRuleModel& ruleModel() const { return *rules_; }
    InspectorRepairModel& repairModel() const { return *repairs_; }
    InspectorShares& shares() const { return *shares_; }
    /// Adds an assert to the rules: the subject's signs must give this class. Can be undone.
    void assertClass(const QString& className);
    /// Adds the repair's sign to its rule. Can be undone.
    void applyRepair(int row);

private:
    void build();
    QWidget* buildHead();
    QWidget* buildButtons();
    void follow(InspectorSubject::Kind kind);
    void reload();
    void run(std::function<Result<InspectorSubject>(JobContext&)> work);
    void present(InspectorSubject subject);
    QStringList historyOf(rules::Word word) const;
    void showLists();
    void showCodes();
    void showEmpty();

    std::unique_ptr<JobRunner> lane_;
    InspectorSubject subject_;
    InspectorSubject::Kind kind_ = InspectorSubject::none;  ///< kind of the last selection
    QStringList lastCodes_;
    InspectorSignModel* signs_;
    InspectorRuleModel* rules_;
    InspectorRepairModel* repairs_;
    InspectorMeetingModel* meetings_;
    QLabel* title_;
    QLabel* fixed_;
    QLabel* facts_;
    QLabel* notice_;
    QLabel* same_;
    InspectorClaims* claims_;
    InspectorFigures* figures_;
    InspectorTimeBars* time_;
    InspectorShares* shares_;
    InspectorSection *codeSection_, *otherCodeSection_;
    InspectorCodes *codes_, *otherCodes_;
    InspectorSection* signSection_;
    WalkChart* walk_;
    InspectorSection* ruleSection_;
    InspectorSection* repairSection_;
    InspectorSection* meetingSection_;
    InspectorSection* sameSection_;
    InspectorTable* repairTable_;
    QToolButton* apply_;
    QToolButton *showFlows_, *tag_, *known_, *assert_;
};

}  // namespace weir::ui
