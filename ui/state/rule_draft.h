// The rule text being edited and what it does to the loaded flows; judged again after every change.
#pragma once

#include "core/session/evidence/judge.h"
#include "core/session/project/project.h"

#include <QDateTime>
#include <QObject>
#include <QString>

class QUndoStack;

namespace weir::ui {

/// judgement() always belongs to the last text without errors, on the current tally. So views keep their results while
/// a line is half typed and while the user signs of a line are computed.
class RuleDraft : public QObject {
    Q_OBJECT
public:
    RuleDraft(QUndoStack& undo, QObject* parent);

    const QString& text() const { return text_; }
    /// Changes the text; can be undone. Edits with the same `what` within a second become one undo step. Does nothing
    /// when the text is unchanged.
    void edit(const QString& text, const QString& what);
    /// Replaces the text without an undo step (a project was opened).
    void load(const QString& text);
    /// Sets the snapshot whose inbound tally the text is judged on; nullptr = no flows.
    void setSnapshot(session::SnapshotPtr snapshot);

    /// Judgement of the last text without errors; never null after load().
    const session::JudgementPtr& judgement() const { return judgement_; }
    /// Judgement of the current text. With errors only `parsed` is set; its user signs may be `missing`.
    const session::JudgementPtr& latest() const { return latest_; }
    bool stale() const { return latest_ != judgement_; }
    const QDateTime& judgedAt() const { return judgedAt_; }  ///< when judgement()'s text was typed, UTC

signals:
    void textChanged();
    void judgementChanged();  ///< latest() changed; judgement() too unless stale()

private:
    friend class RuleEdit;
    void put(const QString& text);
    void judge(bool newText);

    QUndoStack& undo_;
    session::Judge judge_;
    session::SnapshotPtr snapshot_;
    QString text_, goodText_;
    session::JudgementPtr judgement_, latest_;
    QDateTime judgedAt_;
};

}  // namespace weir::ui
