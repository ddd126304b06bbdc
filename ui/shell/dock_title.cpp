// See dock_title.h.
#include "ui/shell/dock_title.h"

#include "ui/icon.h"
#include "ui/theme.h"
#include "ui/view.h"

#include <QDockWidget>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace weir::ui {
namespace {

QToolButton* barButton(QWidget* parent, const QString& name, const QString& help) {
    auto* button = new QToolButton(parent);
    button->setIcon(icon(name));
    button->setIconSize({12, 12});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(help);
    button->setAccessibleName(help);
    button->setFixedSize(18, 18);
    return button;
}

}  // namespace

DockTitle::DockTitle(QDockWidget& dock, View& view)
    : QWidget(&dock), view_(view), name_(new QLabel(this)), scope_(new QLabel(this)) {
    setFixedHeight(qMax(24, fontMetrics().height() + 8));
    QFont bold = name_->font();
    bold.setWeight(QFont::DemiBold);
    name_->setFont(bold);
    name_->setText(dock.windowTitle());
    scope_->setTextFormat(Qt::PlainText);
    scope_->setMinimumWidth(0);
    scope_->installEventFilter(this);
    scope_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 4, 0);
    row->setSpacing(4);
    row->addWidget(name_);
    row->addSpacing(4);
    row->addWidget(scope_, 1);
    for (QWidget* control : view.titleControls()) row->addWidget(control);
    row->addSpacing(2);
    auto* toggle = barButton(this, QStringLiteral("float"), tr("Float or dock %1").arg(dock.windowTitle()));
    auto* close = barButton(this, QStringLiteral("close"), tr("Close %1").arg(dock.windowTitle()));
    row->addWidget(toggle);
    row->addWidget(close);
    connect(toggle, &QToolButton::clicked, &dock, [&dock] { dock.setFloating(!dock.isFloating()); });
    connect(close, &QToolButton::clicked, &dock, &QDockWidget::close);
    connect(&view, &View::scopeChanged, this, &DockTitle::showScope);
    showScope();
}

QSize DockTitle::sizeHint() const { return {QWidget::sizeHint().width(), minimumHeight()}; }

QSize DockTitle::minimumSizeHint() const { return {name_->sizeHint().width() + 60, minimumHeight()}; }

void DockTitle::showScope() {
    scope_->setText(fontMetrics().elidedText(view_.scope(), Qt::ElideRight, scope_->width()));
    scope_->setToolTip(scope_->text() == view_.scope() ? QString() : view_.scope());
    QPalette p = scope_->palette();
    p.setColor(QPalette::WindowText, Theme::current().secondary);
    scope_->setPalette(p);
}

void DockTitle::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate();
    showScope();
}

/// The controls beside the text change their width; the text is elided to the rest.
bool DockTitle::eventFilter(QObject* watched, QEvent* event) {
    if (watched == scope_ && event->type() == QEvent::Resize) showScope();
    return QWidget::eventFilter(watched, event);
}

void DockTitle::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && scope_ != nullptr)
        QMetaObject::invokeMethod(this, &DockTitle::showScope, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

void DockTitle::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), t.header);
    painter.setPen(t.rule);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace weir::ui
