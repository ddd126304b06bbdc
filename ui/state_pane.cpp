// See state_pane.h.
#include "ui/state_pane.h"

#include "ui/theme.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace weir::ui {

StatePane::StatePane(QWidget* parent)
    : QWidget(parent), what_(new QLabel(this)), next_(new QLabel(this)), button_(new QToolButton(this)) {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    for (QLabel* label : {what_, next_}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    button_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(6);
    column->addStretch();
    column->addWidget(what_);
    column->addWidget(next_);
    column->addWidget(button_, 0, Qt::AlignHCenter);
    column->addStretch();
    set({}, {}, nullptr, false);
}

void StatePane::set(const QString& what, const QString& next, QAction* action, bool error) {
    what_->setText(what);
    next_->setText(next);
    next_->setVisible(!next.isEmpty());
    button_->setVisible(action != nullptr);
    for (QAction* old : button_->actions()) button_->removeAction(old);  // with several actions it would offer a menu
    if (action != nullptr) button_->setDefaultAction(action);
    error_ = error;
    setAccessibleName(next.isEmpty() ? what : what + QStringLiteral(". ") + next);
    restyle();
}

void StatePane::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void StatePane::restyle() {
    const Theme& theme = Theme::current();
    const auto paint = [](QLabel* label, const QColor& color) {
        QPalette p = label->palette();
        if (p.color(QPalette::WindowText) == color) return;
        p.setColor(QPalette::WindowText, color);
        label->setPalette(p);
    };
    paint(what_, error_ ? theme.error : theme.text);
    paint(next_, theme.secondary);
}

}  // namespace weir::ui
