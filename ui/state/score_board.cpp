// See score_board.h.
#include "ui/state/score_board.h"

#include "core/score/reweigh.h"
#include "core/session/project/resources.h"
#include "ui/text/format.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QUndoCommand>
#include <QUndoStack>

#include <algorithm>

namespace weir::ui {

/// One undo step of the profile's text. Points that one test passes through on the way to others merge.
class ProfileEdit final : public QUndoCommand {
public:
    ProfileEdit(ScoreBoard& board, const QString& after, const QString& what, int test)
        : QUndoCommand(what), board_(board), before_(board.text()), baseBefore_(board.base()), after_(after),
          test_(test), at_(QDateTime::currentMSecsSinceEpoch()) {}
    void undo() override {
        board_.put(before_, false);
        board_.base_ = baseBefore_;
    }
    void redo() override { board_.put(after_, test_ < 0); }
    int id() const override { return 2; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = *static_cast<const ProfileEdit*>(other);
        if (test_ < 0 || next.test_ != test_ || next.at_ - at_ > 1000) return false;
        after_ = next.after_;
        at_ = next.at_;
        return true;
    }

private:
    ScoreBoard& board_;
    QString before_, baseBefore_, after_;
    int test_;
    qint64 at_;
};

ScoreBoard::ScoreBoard(QUndoStack& undo, JobList& jobs, QObject* parent) : QObject(parent), undo_(undo), lane_(jobs) {}

const score::Profile& ScoreBoard::profile() const {
    static const score::Profile none;
    return result_ ? result_->parsed.profile : none;
}

bool ScoreBoard::stale() const { return !result_ || result_->text != toUtf8(text_); }

void ScoreBoard::edit(const QString& text, const QString& what, int test) {
    if (text != text_) undo_.push(new ProfileEdit(*this, text, what, test));
}

void ScoreBoard::load(const QString& text) {
    result_.reset();
    put(text, true);
}

void ScoreBoard::setPoints(std::size_t test, int points) {
    if (stale() || test >= profile().tests.size()) return;
    session::ScoreResult changed = *result_;
    score::setPoints(changed.parsed, changed.text, test, std::clamp(points, 0, score::kMostPoints));
    edit(fromUtf8(changed.text), tr("points of %1").arg(fromUtf8(profile().tests[test].code)), int(test));
}

void ScoreBoard::put(const QString& text, bool newBase) {
    text_ = text;
    if (newBase) base_ = text;
    if (result_)
        if (auto now = session::withProfile(snapshot_, *result_, toUtf8(text))) {
            result_ = std::move(now);
            rank();
        }
    emit textChanged();
}

void ScoreBoard::setSnapshot(session::SnapshotPtr snapshot) {
    const session::ScoreResultPtr before = result_;
    snapshot_ = std::move(snapshot);
    result_ = snapshot_ ? snapshot_->scores : nullptr;
    if (result_ && result_->text != toUtf8(text_))  // points were changed meanwhile
        if (auto now = session::withProfile(snapshot_, *result_, toUtf8(text_))) result_ = std::move(now);
    if (result_) {
        const auto shipped = fromUtf8(session::resourceText("score", session::kDefaultProfile));
        if (base_ != shipped && session::withProfile(snapshot_, *result_, toUtf8(shipped))) base_ = shipped;
    }
    if (before == result_) return;
    if (before && result_ && before->scores == result_->scores) return rank();
    if (counted_ != (result_ ? result_->scores : nullptr)) {
        tally_ = {};
        counted_.reset();
    }
    rank();
    countSoon();
}

void ScoreBoard::setSelection(session::SelectionPtr selection) {
    if (selection == selection_) return;
    selection_ = std::move(selection);
    countSoon();
}

void ScoreBoard::countSoon() {
    if (!selection_ || !result_ || !selection_->snapshot->scores ||
        selection_->snapshot->scores->scores != result_->scores) {
        lane_.cancel();
        return;
    }
    lane_.start(
        tr("Count codes"), [selection = selection_](JobContext& job) { return session::tallyCodes(*selection, job); },
        [this, scores = result_->scores](Result<session::CodeTally> tally) {
            if (!tally || !result_ || result_->scores != scores) return;
            tally_ = std::move(*tally);
            counted_ = scores;
            rank();
        },
        false);
}

void ScoreBoard::rank() {
    QElapsedTimer clock;
    clock.start();
    ranking_ = score::ranked(profile(), tally_.words);
    perCode_ = score::flowsPerCode(profile(), tally_.words);
    overlap_ = score::Overlap(profile().tests.size(), tally_.words);
    rankedInMs_ = double(clock.nsecsElapsed()) / 1e6;
    emit ranked();
}

}  // namespace weir::ui
