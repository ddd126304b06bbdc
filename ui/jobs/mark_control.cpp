// See mark_control.h.
#include "ui/jobs/mark_control.h"

#include "ui/jobs/project_control.h"
#include "ui/text/format.h"

#include <QUndoCommand>

namespace weir::ui {
namespace {

class MarkChange final : public QUndoCommand {
public:
    MarkChange(const QString& what, std::function<void(bool back)> run) : QUndoCommand(what), run_(std::move(run)) {}
    void redo() override { run_(false); }
    void undo() override { run_(true); }

private:
    std::function<void(bool)> run_;
};

}  // namespace

MarkControl::MarkControl(Workbench& workbench, ProjectControl& control, QObject* parent)
    : QObject(parent), workbench_(workbench), control_(control) {
    file_.setMaxThreadCount(1);
    connect(&workbench, &Workbench::markRemovalAsked, this, &MarkControl::removeMark);
    connect(&workbench, &Workbench::silenceRemovalAsked, this, &MarkControl::removeSilence);
}

template <class Item>
void MarkControl::push(const QString& what, const std::optional<Item>& from, const std::optional<Item>& to,
                       const Change<Item>& change, bool scores) {
    const session::ProjectPtr project = workbench_.project();
    if (!project) return;
    workbench_.undo().push(new MarkChange(what, [this, project, what, from, to, change, scores](bool back) {
        file_.start([this, project, what, from, to, change, scores, back] {
            const Status done = back ? change(*project, to, from) : change(*project, from, to);
            const QString why = done ? QString() : fromUtf8(done.error().detail);
            QMetaObject::invokeMethod(
                this,
                [this, project, what, why, scores] {
                    if (workbench_.project() != project) return;
                    workbench_.refreshSnapshot();
                    if (!why.isEmpty())
                        emit workbench_.failed(tr("Could not apply: %1").arg(what), why);
                    else if (scores)
                        control_.scoreAgain();
                },
                Qt::QueuedConnection);
        });
    }));
}

void MarkControl::changeMark(const QString& what, const std::optional<session::Mark>& from,
                             const std::optional<session::Mark>& to) {
    using Item = std::optional<session::Mark>;
    push<session::Mark>(
        what, from, to,
        [judgement = workbench_.rules().judgement()](session::Project& project, const Item& old,
                                                     const Item& now) -> Status {
            // What cannot be added leaves the old one where it is.
            if (now)
                if (const Status added = session::addMark(project, *now, judgement); !added) return added;
            if (old && !(now && now->tag == old->tag && now->filter == old->filter))
                if (const auto gone = session::removeMarks(project, old->tag, old->filter); !gone) return gone.error();
            return ok();
        },
        false);
}

void MarkControl::changeSilence(const QString& what, const std::optional<session::Silence>& from,
                                const std::optional<session::Silence>& to) {
    using Item = std::optional<session::Silence>;
    push<session::Silence>(
        what, from, to,
        [](session::Project& project, const Item& old, const Item& now) -> Status {
            if (now)
                if (const Status added = session::addSilence(project, *now); !added) return added;
            if (old && !(now && now->code == old->code && now->filter == old->filter))
                if (const auto gone = session::removeSilence(project, old->code, old->filter); !gone)
                    return gone.error();
            return ok();
        },
        true);
}

void MarkControl::putMark(const session::Mark& mark, const std::optional<session::Mark>& old) {
    changeMark(tr("tag %1").arg(fromUtf8(mark.tag)), old, mark);
}
void MarkControl::removeMark(const session::Mark& mark) {
    changeMark(tr("remove tag %1").arg(fromUtf8(mark.tag)), mark, {});
}
void MarkControl::putSilence(const session::Silence& silence, const std::optional<session::Silence>& old) {
    changeSilence(tr("known good"), old, silence);
}
void MarkControl::removeSilence(const session::Silence& silence) {
    changeSilence(tr("remove known good"), silence, {});
}

}  // namespace weir::ui
