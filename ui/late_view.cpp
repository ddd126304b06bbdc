// See late_view.h.
#include "ui/late_view.h"

#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"

namespace weir::ui {
namespace {

constexpr int kResizePauseMs = 300;

}  // namespace

LateView::LateView(Workbench& workbench, QWidget* parent) : View(workbench, parent), lane_(workbench.jobs()) {
    soon_.setSingleShot(true);
    soon_.setInterval(kResizePauseMs);
    connect(&soon_, &QTimer::timeout, this, [this] {
        if (!upToDate()) work();
    });
    connect(&workbench.figures(), &RuleFigures::changed, this, &LateView::outdate);
    connect(&workbench, &Workbench::snapshotChanged, this, &LateView::outdate);
}

void LateView::outdate() {
    if (isVisible() && !upToDate()) soon_.start();
    showPresent();
}

void LateView::showEvent(QShowEvent* event) {
    View::showEvent(event);
    outdate();
}

}  // namespace weir::ui
