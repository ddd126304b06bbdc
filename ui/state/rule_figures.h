// What the rule draft does to the flows that are shown: judged on all flows, or on those that match the filter bar.
#pragma once

#include "core/session/rows/sign_part.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <memory>

namespace weir::ui {

class Workbench;

/// GUI thread only. Edits are judged at once on the existing counts. A new narrowing is counted by a job; until it is
/// done all figures belong to the previous narrowing and counting() is true. Figures of two narrowings are never mixed.
class RuleFigures final : public QObject {
    Q_OBJECT
public:
    explicit RuleFigures(Workbench& workbench);
    ~RuleFigures() override;

    /// Judgement of the draft's last text without errors. Identical to the draft's own judgement when nothing narrows.
    const session::JudgementPtr& judgement() const { return judgement_; }
    /// What the draft is judged on. Judge other rule texts on the same basis.
    session::SignBasis basis() const;
    /// The flows that are counted; nullptr = all.
    const session::SignPartPtr& part() const { return part_; }
    /// The figures still belong to the previous narrowing of the filter bar.
    bool counting() const { return counting_; }
    /// Why the narrowing cannot be counted; empty = counted, or still counting.
    const QString& problem() const { return problem_; }
    /// Text for the title: "Selection: 12,345 of 1,234,567 flows", or what is being counted; empty when all flows are
    /// shown.
    QString scope() const;

signals:
    void changed();  ///< anything of the above

private:
    struct Question;
    Question question() const;
    bool isOfChips(const session::SelectionPtr& rows, const Question& question) const;
    void ask();
    void count();
    void judge();
    void settle(session::SignPartPtr part);

    Workbench& workbench_;
    JobRunner lane_;
    std::unique_ptr<Question> asked_;  ///< what part_ answers, or the job will
    session::SignPartPtr part_;
    session::JudgementPtr judgement_, judgedWhole_;  ///< judgedWhole_: whose text judgement_ of a part is
    bool counting_ = false;
    QString problem_;
};

}  // namespace weir::ui
