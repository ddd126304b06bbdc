// See compare_view.h.
#include "ui/compare_view.h"

#include "ui/actions.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"

namespace weir::ui {

CompareView::CompareView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), comparison_(workbench.comparison()) {
    connect(&comparison_, &Comparison::changed, this, &CompareView::refreshIfSeen);
}

void CompareView::refreshIfSeen() {
    if (isVisible()) refresh();
}

void CompareView::showEvent(QShowEvent* event) {
    View::showEvent(event);
    refresh();
}

session::RuleComparisonPtr CompareView::rulesToShow() {
    const session::RuleComparisonPtr& result = comparison_.result();
    const bool none = result && result->good() && result->champion->classes.oneWay.flows == 0;
    if (none && workbench().figures().part())
        showState(tr("No classified flows in this selection"), comparison_.scope(),
                  workbench().actions().get("go.clear"));
    else if (result && result->good())
        return result;
    else if (result)
        showError(tr("A rule set has errors"), tr("Choose another one."));
    else
        showState(tr("No flows yet"), tr("Open a capture to see what a rule set would change."),
                  workbench().actions().get("file.openCapture"));
    return nullptr;
}

session::ScoreComparisonPtr CompareView::scoresToShow() {
    const session::ScoreComparisonPtr& scores = comparison_.scores();
    const auto& snapshot = workbench().snapshot();
    if (scores) return scores;
    if (!comparison_.problem().isEmpty())
        showError(comparison_.problem(), tr("Choose another one."));
    else if (snapshot && snapshot->records)
        showState(tr("Scoring"), tr("Both profiles score every record."));
    else
        showState(tr("No flows yet"), tr("Open a capture to see what a score profile would change."),
                  workbench().actions().get("file.openCapture"));
    return nullptr;
}

}  // namespace weir::ui
