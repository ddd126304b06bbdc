// The score profile being edited and what it makes of the rows that pass the filter: ranked anew with every change of
// points.
#pragma once

#include "core/score/overlap.h"
#include "core/score/ranking.h"
#include "core/session/evidence/score.h"
#include "core/session/rows/code_tally.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <vector>

class QUndoStack;

namespace weir::ui {

/// GUI thread only. Changed points act at once, on the words alone; other tests wait until somebody scored the records
/// by text() and hands over the snapshot.
class ScoreBoard : public QObject {
    Q_OBJECT
public:
    ScoreBoard(QUndoStack& undo, JobList& jobs, QObject* parent);

    /// Text of the profile as it is meant to be.
    const QString& text() const { return text_; }
    /// Undoable. Edits in a row of the same `test` within a second become one step; -1 = of more than one test.
    void edit(const QString& text, const QString& what, int test = -1);
    /// Replaces the text without an undo step (a project was opened).
    void load(const QString& text);
    /// Undoable: one number of the text.
    void setPoints(std::size_t test, int points);
    /// The shipped profile with the same tests, or what load() and edit() of more than one test gave: where *Revert*
    /// goes.
    const QString& base() const { return base_; }

    void setSnapshot(session::SnapshotPtr snapshot);
    /// The rows to be counted; nullptr = none.
    void setSelection(session::SelectionPtr selection);
    const session::SelectionPtr& selection() const { return selection_; }

    /// Scores of the present records under the present points; nullptr while there are none. The tests are those of
    /// text() unless stale().
    const session::ScoreResultPtr& result() const { return result_; }
    bool stale() const;
    /// False: the result is a tally kept in the project, and nothing can be asked of single records yet.
    bool byRecord() const { return result_ && !result_->scores->forward.empty(); }
    const score::Profile& profile() const;  ///< an empty one while there is no result
    /// Of the rows that pass the filter. Empty while they are counted for the first time.
    const session::CodeTally& tally() const { return tally_; }
    const std::vector<score::Ranked>& ranking() const { return ranking_; }
    const std::vector<std::uint64_t>& perCode() const { return perCode_; }  ///< by test
    /// Of the codes, on the rows that pass the filter.
    const score::Overlap& overlap() const { return overlap_; }
    double rankedInMs() const { return rankedInMs_; }

signals:
    void textChanged();
    void ranked();  ///< anything but text() changed

private:
    friend class ProfileEdit;
    void put(const QString& text, bool newBase);
    void rank();
    void countSoon();

    QUndoStack& undo_;
    JobRunner lane_;
    QString text_, base_;
    session::SnapshotPtr snapshot_;
    session::SelectionPtr selection_;
    session::ScoreResultPtr result_;
    session::CodeTally tally_;
    std::shared_ptr<const score::Scores> counted_;  ///< whose words tally_ counts
    std::vector<score::Ranked> ranking_;
    std::vector<std::uint64_t> perCode_;
    score::Overlap overlap_;
    double rankedInMs_ = 0;
};

}  // namespace weir::ui
