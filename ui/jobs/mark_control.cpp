// See mark_control.h.
#include "ui/jobs/mark_control.h"

#include "ui/jobs/project_control.h"
#include "ui/text/format.h"

#include <QUndoCommand>

namespace weir::ui {
namespace {

/// A change that fails leaves the undo stack.
class MarkChange final : public QUndoCommand {
public:
    MarkChange(const QString& what, std::function<bool(bool back)> run) : QUndoCommand(what), run_(std::move(run)) {}
    void redo() override { setObsolete(!run_(false)); }
    void undo() override { setObsolete(!run_(true)); }

private:
    std::function<bool(bool)> run_;
};

}  // namespace

MarkControl::MarkControl(Workbench& workbench, ProjectControl& control, QObject* parent) : QObject(parent), workbench_(workbench), control_(control) {
    connect(&workbench, &Workbench::markRemovalAsked, this, &MarkControl::removeMark);
    connect(&workbench, &Workbench::silenceRemovalAsked, this, &MarkControl::removeSilence);
}

template <class Item>
void MarkControl::push(const QString& what, const std::optional<Item>& from, const std::optional<Item>& to, const Change<Item>& change) {
    if (!workbench_.project()) return;
    workbench_.undo().push(new MarkChange(what, [this, what, from, to, change](bool back) {
        const Status done = back ? change(to, from) : change(from, to);
        workbench_.refreshSnapshot();
        if (!done) emit workbench_.failed(tr("%1 did not work").arg(what), fromUtf8(done.error().detail));
        return bool(done);
    }));
}

Status MarkControl::changeMark(const std::optional<session::Mark>& from, const std::optional<session::Mark>& to) {
    session::Project& project = *workbench_.project();
    // What cannot be added leaves the old one where it is.
    if (to)
        if (const Status added = session::addMark(project, *to, workbench_.rules().judgement()); !added) return added;
    if (from && !(to && to->tag == from->tag && to->filter == from->filter))
        if (const auto gone = session::removeMarks(project, from->tag, from->filter); !gone) return gone.error();
    return ok();
}

Status MarkControl::changeSilence(const std::optional<session::Silence>& from, const std::optional<session::Silence>& to) {
    session::Project& project = *workbench_.project();
    if (to)
        if (const Status added = session::addSilence(project, *to); !added) return added;
    if (from && !(to && to->code == from->code && to->filter == from->filter))
        if (const auto gone = session::removeSilence(project, from->code, from->filter); !gone) return gone.error();
    control_.scoreAgain();
    return ok();
}

void MarkControl::putMark(const session::Mark& mark, const std::optional<session::Mark>& old) {
    push<session::Mark>(tr("tag %1").arg(fromUtf8(mark.tag)), old, mark, [this](const auto& from, const auto& to) { return changeMark(from, to); });
}

void MarkControl::removeMark(const session::Mark& mark) {
    push<session::Mark>(tr("remove tag %1").arg(fromUtf8(mark.tag)), mark, {}, [this](const auto& from, const auto& to) { return changeMark(from, to); });
}

void MarkControl::putSilence(const session::Silence& silence, const std::optional<session::Silence>& old) {
    push<session::Silence>(tr("known good"), old, silence, [this](const auto& from, const auto& to) { return changeSilence(from, to); });
}

void MarkControl::removeSilence(const session::Silence& silence) {
    push<session::Silence>(tr("remove known good"), silence, {}, [this](const auto& from, const auto& to) { return changeSilence(from, to); });
}

}  // namespace weir::ui
