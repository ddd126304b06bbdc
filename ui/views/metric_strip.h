// The strip above the rule editor: what the draft does to the loaded flows, and the change since the saved iteration,
// updated at every keystroke.
#pragma once

#include "core/session/evidence/judge.h"
#include "ui/view.h"

#include <cstdint>

class QLabel;

namespace weir::ui {

class IterationHistory;
class Metric;
class StaleField;

/// Created by the view registry; the accessors are for tests.
class MetricStripView final : public View {
    Q_OBJECT
public:
    MetricStripView(Workbench& workbench, QWidget* parent);
    const Metric& conflicting() const { return *conflicting_; }
    const Metric& unclassified() const { return *unclassified_; }
    const Metric& combinations() const { return *combinations_; }
    const Metric& words() const { return *words_; }
    const Metric& asserts() const { return *asserts_; }  ///< hidden while the rules have none
    const StaleField& stale() const { return *stale_; }
    /// Says what is counted when it is not all flows; hidden otherwise.
    const QLabel& selection() const { return *selection_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void refreshStale();
    void refreshScope();

    IterationHistory& history_;
    Metric* conflicting_;
    Metric* unclassified_;
    Metric* combinations_;
    Metric* words_;
    Metric* asserts_;
    QLabel* base_;
    StaleField* stale_;
    QLabel* selection_;
};

}  // namespace weir::ui
