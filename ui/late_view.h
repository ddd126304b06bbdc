// A view whose content is worked out by a job: when it is seen, once edits have settled.
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/view.h"

#include <QTimer>

namespace weir::ui {

/// Asks again whenever the judgement or the snapshot changes, and when it comes into sight.
class LateView : public View {
    Q_OBJECT
public:
    /// What is shown is of the present state: nothing is waited for.
    bool settled() const { return upToDate() && !lane_.busy(); }

protected:
    LateView(Workbench& workbench, QWidget* parent);

    /// Something changed. Edits in a row lead to one work().
    void outdate();
    /// What is shown is of the present state, or there is nothing to work on.
    virtual bool upToDate() const = 0;
    /// Begins a job on lane().
    virtual void work() = 0;
    /// Content, or the state that stands in its place.
    virtual void showPresent() = 0;

    void showEvent(QShowEvent* event) override;
    JobRunner& lane() { return lane_; }

private:
    JobRunner lane_;
    QTimer soon_;
};

}  // namespace weir::ui
