// See mark_actions.h.
#include "ui/dialogs/mark_actions.h"

#include "core/session/rows/select.h"
#include "core/session/rows/tags.h"
#include "ui/dialogs/mark_dialog.h"
#include "ui/jobs/mark_control.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {
namespace {

/// First error of a filter on records; empty = good.
QString problemOf(Workbench& workbench, const QString& filter) {
    if (filter.trimmed().isEmpty()) return MarkActions::tr("Enter a filter, for example “ip 192.0.2.1”.");
    const auto problems = session::checkFilter(workbench.snapshot(), workbench.rules().judgement(), toUtf8(filter));
    const auto first = std::ranges::find(problems, Severity::error, &Diagnostic::severity);
    return first == problems.end() ? QString() : fromUtf8(first->message);
}

}  // namespace

MarkActions::MarkActions(Workbench& workbench, MarkControl& control, QWidget* window)
    : QObject(window), workbench_(workbench), control_(control), window_(window) {
    connect(&workbench, &Workbench::markAsked, this, &MarkActions::askMark);
    connect(&workbench, &Workbench::silenceAsked, this, &MarkActions::askSilence);
}

void MarkActions::askMark(const session::Mark& draft, bool edit) {
    if (!workbench_.snapshot()) return;
    QStringList tags;
    if (const auto& marks = workbench_.snapshot()->marks)
        for (const std::string& tag : session::tagsOf(*marks)) tags << fromUtf8(tag);
    auto* dialog = new MarkDialog(
        draft, tags, [this](const QString& filter) { return problemOf(workbench_, filter); }, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, draft, edit] {
        control_.putMark(dialog->mark(), edit ? std::optional(draft) : std::nullopt);
    });
    dialog->open();
}

void MarkActions::askSilence(const session::Silence& draft, bool edit) {
    if (!workbench_.snapshot()) return;
    QStringList codes;
    for (const score::Test& test : workbench_.scores().profile().tests) codes << fromUtf8(test.code);
    auto* dialog = new SilenceDialog(
        draft, codes,
        [this](const QString& filter) {
            return fromUtf8(session::silenceProblem(workbench_.snapshot(), toUtf8(filter)));
        },
        window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, draft, edit] {
        control_.putSilence(dialog->silence(), edit ? std::optional(draft) : std::nullopt);
    });
    dialog->open();
}

}  // namespace weir::ui
