// What the rule draft does to the flows that are shown: judged on all of them, or on those that the filter bar's chips
// leave.
#pragma once

#include "core/session/rows/sign_part.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <memory>

namespace weir::ui {

class Workbench;

/// GUI thread only. Edits are answered at once, on the counts that are there. Another narrowing is counted by a job;
/// until it is done all figures stay those of the narrowing before, and counting() says so: figures of two narrowings
/// are never shown together.
class RuleFigures final : public QObject {
    Q_OBJECT
public:
    explicit RuleFigures(Workbench& workbench);
    ~RuleFigures() override;

    /// Of the draft's last text without errors. The draft's own judgement where nothing narrows.
    const session::JudgementPtr& judgement() const { return judgement_; }
    /// What it is judged on; other rule texts are to be judged on the same.
    session::SignBasis basis() const;
    /// The flows that are counted; nullptr = all.
    const session::SignPartPtr& part() const { return part_; }
    /// The narrowing of the filter bar is not the one of these figures yet.
    bool counting() const { return counting_; }
    /// Why it cannot be counted; empty = it is, or will be.
    const QString& problem() const { return problem_; }
    /// "Selection: 12,345 of 1,234,567 flows", or what is counted; empty where all flows are shown.
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
