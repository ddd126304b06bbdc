// A view of the perspective Compare: shows the comparison of rule sets or of score profiles, or why there is none.
#pragma once

#include "ui/state/comparison.h"
#include "ui/view.h"

namespace weir::ui {

/// Base class of the views of the perspective Compare. Refreshes when it is visible and the comparison has changed.
class CompareView : public View {
    Q_OBJECT
protected:
    CompareView(Workbench& workbench, QWidget* parent);

    Comparison& comparison() const { return comparison_; }
    /// Updates the content; comparison().ofProfiles() tells whether score profiles or rule sets are compared.
    virtual void refresh() = 0;
    void refreshIfSeen();
    /// The comparison to show. When there is none: shows the reason in this view and returns nullptr.
    session::RuleComparisonPtr rulesToShow();
    session::ScoreComparisonPtr scoresToShow();

    void showEvent(QShowEvent* event) override;

private:
    Comparison& comparison_;
};

}  // namespace weir::ui
