// See rule_draft.h.
#include "ui/state/rule_draft.h"

#include <QUndoCommand>
#include <QUndoStack>

namespace weir::ui {

/// One undo step of the rule text. Consecutive steps of one kind merge, so that undo removes words, not letters.
class RuleEdit final : public QUndoCommand {
public:
    RuleEdit(RuleDraft& draft, const QString& after, const QString& what)
        : QUndoCommand(what), draft_(draft), before_(draft.text()), after_(after),
          at_(QDateTime::currentMSecsSinceEpoch()) {}
    void undo() override { draft_.put(before_); }
    void redo() override { draft_.put(after_); }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = *static_cast<const RuleEdit*>(other);
        if (next.text() != text() || next.at_ - at_ > 1000) return false;
        after_ = next.after_;
        at_ = next.at_;
        return true;
    }

private:
    RuleDraft& draft_;
    QString before_, after_;
    qint64 at_;
};

RuleDraft::RuleDraft(QUndoStack& undo, QObject* parent) : QObject(parent), undo_(undo) {}

void RuleDraft::edit(const QString& text, const QString& what) {
    if (text != text_) undo_.push(new RuleEdit(*this, text, what));
}

void RuleDraft::load(const QString& text) {
    judgement_.reset();
    goodText_.clear();
    put(text);
}

void RuleDraft::put(const QString& text) {
    text_ = text;
    emit textChanged();
    judge(true);
}

void RuleDraft::setSnapshot(session::SnapshotPtr snapshot) {
    const auto* before = snapshot_ ? snapshot_->tally() : nullptr;
    const auto* after = snapshot ? snapshot->tally() : nullptr;
    snapshot_ = std::move(snapshot);
    if (before != after) judge(false);
}

void RuleDraft::judge(bool newText) {
    const session::SignBasis basis(snapshot_);
    latest_ = judge_.judge(text_.toStdString(), basis);
    const bool counted = latest_->missing.empty() || basis.tally().empty() || !judgement_;
    if (latest_->parsed.good() && counted) {
        judgement_ = latest_;
        goodText_ = text_;
        if (newText) judgedAt_ = QDateTime::currentDateTimeUtc();
    } else if (!judgement_ || !newText) {
        judgement_ = judge_.judge(goodText_.toStdString(), basis);
    }
    emit judgementChanged();
}

}  // namespace weir::ui
