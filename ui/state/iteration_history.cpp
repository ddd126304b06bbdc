// See iteration_history.h.
#include "ui/state/iteration_history.h"

#include "core/session/project/resources.h"
#include "core/session/verbs/rule_sets.h"
#include "ui/state/rule_figures.h"
#include "ui/state/user_sign_job.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QUndoCommand>

#include <algorithm>

namespace weir::ui {

QString iterationName(const refine::Iteration& iteration) {
    const QString id = u'#' + QString::number(iteration.id);
    return iteration.tag.empty() ? id : QString(id + u' ' + fromUtf8(iteration.tag));
}

/// The file already has the iteration when the command is created; redo after undo writes it again.
class SaveCommand final : public QUndoCommand {
public:
    SaveCommand(IterationHistory& history, refine::Iteration iteration, RuleBase before)
        : QUndoCommand(IterationHistory::tr("Save iteration %1").arg(iterationName(iteration))), history_(history),
          iteration_(std::move(iteration)), before_(std::move(before)) {}
    void redo() override {
        history_.insert(iteration_, again_);
        history_.setBase({iteration_.id, iterationName(iteration_), fromUtf8(iteration_.text)});
        again_ = true;
    }
    void undo() override {
        history_.remove(iteration_.id);
        history_.setBase(before_);
    }

private:
    IterationHistory& history_;
    refine::Iteration iteration_;
    RuleBase before_;
    bool again_ = false;
};

class BaseCommand final : public QUndoCommand {
public:
    BaseCommand(IterationHistory& history, RuleBase after)
        : history_(history), before_(history.base()), after_(std::move(after)) {}
    void redo() override { history_.setBase(after_); }
    void undo() override { history_.setBase(before_); }

private:
    IterationHistory& history_;
    RuleBase before_, after_;
};

IterationHistory::IterationHistory(Workbench& workbench) : workbench_(workbench) {
    file_.setMaxThreadCount(1);
    connect(&workbench, &Workbench::projectChanged, this, &IterationHistory::reload);
    connect(&workbench, &Workbench::snapshotChanged, this, &IterationHistory::judgeBase);
    connect(&workbench.figures(), &RuleFigures::changed, this, &IterationHistory::judgeBase);
    reload();
}

IterationHistory::~IterationHistory() { file_.waitForDone(); }

const refine::Iteration* IterationHistory::find(std::int64_t id) const {
    const auto at = std::ranges::find(all_, id, &refine::Iteration::id);
    return at == all_.end() ? nullptr : &*at;
}

RuleBase IterationHistory::baseOfDraft() const {
    const auto& judgement = workbench_.rules().judgement();
    const std::string name = judgement ? judgement->parsed.set.name : std::string();
    for (const auto& resource : session::resources()) {
        if (resource.kind != "rules") continue;
        const bool same = resource.text == toUtf8(workbench_.rules().text());
        const bool named = !name.empty() && resource.text.find('"' + name + '"') != std::string_view::npos;
        if (same || named) return {0, fromUtf8(resource.name), fromUtf8(resource.text)};
    }
    return {0, tr("the opened text"), workbench_.rules().text()};
}

void IterationHistory::reload() {
    all_.clear();
    if (const auto& project = workbench_.project()) {
        auto stored = session::iterations(*project);
        if (stored)
            all_ = std::move(*stored);
        else
            emit failed(fromUtf8(stored.error().detail));
    }
    judgedOn_ = nullptr;
    baseJudgement_.reset();
    setBase(all_.empty() ? baseOfDraft()
                         : RuleBase{all_.back().id, iterationName(all_.back()), fromUtf8(all_.back().text)});
}

void IterationHistory::setBase(const RuleBase& base) {
    base_ = base;
    judgedOn_ = nullptr;
    baseJudgement_.reset();
    judgeBase();
}

void IterationHistory::judgeBase() {
    const session::SignBasis basis = workbench_.figures().basis();
    const void* tally = basis.tally().data();
    if (baseJudgement_ && tally == judgedOn_) return;
    auto judged = judge_.judge(toUtf8(base_.text), basis);
    workbench_.userSignJob().need(
        "base", judged->parsed.good() ? judged->parsed.set.userSigns : std::vector<rules::UserSign>());
    baseJudgement_ = judged->parsed.good() ? std::move(judged) : nullptr;
    judgedOn_ = tally;
    emit changed();
}

void IterationHistory::insert(const refine::Iteration& iteration, bool write) {
    const auto at = std::ranges::lower_bound(all_, iteration.id, {}, &refine::Iteration::id);
    all_.insert(at, iteration);
    if (write) queue([iteration](session::Project& project) { return session::restoreIteration(project, iteration); });
    emit changed();
}

void IterationHistory::remove(std::int64_t id) {
    std::erase_if(all_, [id](const auto& i) { return i.id == id; });
    queue([id](session::Project& project) { return session::removeIteration(project, id); });
    emit changed();
}

void IterationHistory::queue(std::function<Status(session::Project&)> work) {
    if (!workbench_.project()) return;
    file_.start([this, project = workbench_.project(), work = std::move(work)] {
        const auto done = work(*project);
        if (done) return;
        QMetaObject::invokeMethod(
            this, [this, why = fromUtf8(done.error().detail)] { emit failed(why); }, Qt::QueuedConnection);
    });
}

void IterationHistory::save(const QString& tag) {
    if (saving_ || !workbench_.project() || workbench_.rules().stale()) return;
    saving_ = true;
    emit changed();
    file_.start([this, project = workbench_.project(), text = toUtf8(workbench_.rules().text()), tag = toUtf8(tag),
                 parent = base_.id] {
        auto saved = session::saveIteration(*project, text, tag, parent);
        QMetaObject::invokeMethod(
            this,
            [this, project, saved = std::move(saved)] {
                saving_ = false;
                if (!saved)
                    emit failed(fromUtf8(saved.error().detail));
                else if (project == workbench_.project())
                    workbench_.undo().push(new SaveCommand(*this, *saved, base_));
                emit changed();
            },
            Qt::QueuedConnection);
    });
}

void IterationHistory::load(const QString& text, const QString& name, const QString& what) {
    auto& undo = workbench_.undo();
    undo.beginMacro(what);
    undo.push(new BaseCommand(*this, {0, name, text}));
    workbench_.rules().edit(text, what);
    undo.endMacro();
}

void IterationHistory::restore(std::int64_t id) {
    if (const auto* iteration = find(id))
        workbench_.rules().edit(fromUtf8(iteration->text), tr("Restore %1").arg(iterationName(*iteration)));
}

void IterationHistory::branch(std::int64_t id) {
    const auto* iteration = find(id);
    if (!iteration) return;
    const RuleBase base{id, iterationName(*iteration), fromUtf8(iteration->text)};
    auto& undo = workbench_.undo();
    const QString what = tr("Branch from %1").arg(base.name);
    undo.beginMacro(what);
    undo.push(new BaseCommand(*this, base));
    workbench_.rules().edit(base.text, what);
    undo.endMacro();
}

QJsonObject IterationHistory::state() const {
    QJsonObject out{{QStringLiteral("id"), double(base_.id)}};
    if (base_.id == 0) {
        out.insert(QStringLiteral("name"), base_.name);
        out.insert(QStringLiteral("text"), base_.text);
    }
    return out;
}

void IterationHistory::setState(const QJsonObject& state) {
    if (state.isEmpty()) return;
    const auto id = std::int64_t(state.value(QStringLiteral("id")).toDouble());
    if (const auto* iteration = find(id))
        setBase({id, iterationName(*iteration), fromUtf8(iteration->text)});
    else if (id == 0)
        setBase({0, state.value(QStringLiteral("name")).toString(), state.value(QStringLiteral("text")).toString()});
}

}  // namespace weir::ui
