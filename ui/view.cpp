// See view.h.
#include "ui/view.h"

#include "ui/state_pane.h"

#include <QStackedLayout>

namespace weir::ui {

View::View(Workbench& workbench, QWidget* parent)
    : QWidget(parent), workbench_(workbench), stack_(new QStackedLayout(this)), pane_(new StatePane(this)) {
    stack_->setContentsMargins(0, 0, 0, 0);
    stack_->addWidget(pane_);
}

void View::setScope(const QString& scope) {
    if (scope == scope_) return;
    scope_ = scope;
    emit scopeChanged(scope);
}

void View::setContent(QWidget* content) {
    stack_->addWidget(content);
    stack_->setCurrentWidget(content);
    setFocusProxy(content);
}

void View::showContent() {
    if (stack_->count() > 1) stack_->setCurrentIndex(1);
}

void View::showState(const QString& what, const QString& next, QAction* action) {
    pane_->set(what, next, action, false);
    stack_->setCurrentWidget(pane_);
}

void View::showError(const QString& reason, const QString& remedy) {
    pane_->set(reason, remedy, nullptr, true);
    stack_->setCurrentWidget(pane_);
}

}  // namespace weir::ui
