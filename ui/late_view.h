// A view whose content a job computes: when the view is visible, after edits have settled.
#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/view.h"

#include <QTimer>

namespace weir::ui {

/// Recomputes when the judgement or the snapshot has changed and the view is visible, or when it becomes visible.
class LateView : public View {
    Q_OBJECT
public:
    /// The content is current and no job is running.
    bool settled() const { return upToDate() && !lane_.busy(); }

protected:
    LateView(Workbench& workbench, QWidget* parent);

    /// Marks the content as outdated. Several changes in a row lead to one work().
    void outdate();
    /// The content is current, or there is nothing to compute.
    virtual bool upToDate() const = 0;
    /// Starts a job on lane().
    virtual void work() = 0;
    /// Shows the content, or a state (empty, busy, error) instead of it.
    virtual void showPresent() = 0;

    void showEvent(QShowEvent* event) override;
    JobRunner& lane() { return lane_; }

private:
    JobRunner lane_;
    QTimer soon_;
};

}  // namespace weir::ui
