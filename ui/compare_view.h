// A view of the perspective Compare: shows the comparison of rule sets or of score profiles, or why there is none.
#pragma once

#include "ui/state/comparison.h"
#include "ui/view.h"

namespace weir::ui {

/// Refreshes when it is seen and something changed.
class CompareView : public View {
    Q_OBJECT
protected:
    CompareView(Workbench& workbench, QWidget* parent);

    Comparison& comparison() const { return comparison_; }
    /// Content for comparison().ofProfiles() or for rule sets.
    virtual void refresh() = 0;
    void refreshIfSeen();
    /// Nullptr after showing why there is nothing to show.
    session::RuleComparisonPtr rulesToShow();
    session::ScoreComparisonPtr scoresToShow();

    void showEvent(QShowEvent* event) override;

private:
    Comparison& comparison_;
};

}  // namespace weir::ui
