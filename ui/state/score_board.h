// The score profile being edited and its ranking of the rows that match the filter; ranked again after every change of
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

/// GUI thread only. Changed points apply at once, on the code words alone. Changed tests wait until the records have
/// been scored by text() and setSnapshot() was called with the result.
class ScoreBoard : public QObject {
    Q_OBJECT
public:
    ScoreBoard(QUndoStack& undo, JobList& jobs, QObject* parent);

    /// The edited text of the profile.
    const QString& text() const { return text_; }
    /// Changes the text; can be undone. Edits of the same `test` within a second become one undo step; -1 = more than
    /// one test.
    void edit(const QString& text, const QString& what, int test = -1);
    /// Replaces the text without an undo step (a project was opened).
    void load(const QString& text);
    /// Changes the points of one test in the text; can be undone.
    void setPoints(std::size_t test, int points);
    /// The text that *Revert* restores: the shipped profile with the same tests, or the text of the last load(), or of
    /// the last edit() of more than one test.
    const QString& base() const { return base_; }

    void setSnapshot(session::SnapshotPtr snapshot);
    /// Sets the rows to count; nullptr = none.
    void setSelection(session::SelectionPtr selection);
    const session::SelectionPtr& selection() const { return selection_; }

    /// Scores of the current records with the current points; nullptr when there are none. The tests are those of
    /// text() unless stale().
    const session::ScoreResultPtr& result() const { return result_; }
    bool stale() const;
    /// False when the result is a tally loaded from the project: then there are no per-record words yet.
    bool byRecord() const { return result_ && !result_->scores->forward.empty(); }
    const score::Profile& profile() const;  ///< empty while there is no result
    /// Tally of the rows that match the filter. Empty while they are counted for the first time.
    const session::CodeTally& tally() const { return tally_; }
    const std::vector<score::Ranked>& ranking() const { return ranking_; }
    const std::vector<std::uint64_t>& perCode() const { return perCode_; }  ///< by test
    /// Overlap of the codes, on the rows that match the filter.
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
