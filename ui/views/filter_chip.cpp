// See filter_chip.h.
#include "ui/views/filter_chip.h"

#include "ui/icon.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace weir::ui {

QToolButton* removeButton(QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setIcon(icon(QStringLiteral("close")));
    button->setIconSize({10, 10});
    button->setFixedSize(18, 18);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

FilterChip::FilterChip(QWidget* parent) : QWidget(parent), label_(new QLabel(this)), remove_(removeButton(this)) {
    label_->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(7, 0, 1, 0);
    row->setSpacing(2);
    row->addWidget(label_);
    row->addWidget(remove_);
    connect(remove_, &QToolButton::clicked, this, &FilterChip::removed);
}

void FilterChip::set(const QString& text, const QString& help, const QString& what) {
    label_->setText(text);
    setToolTip(help);
    setAccessibleName(text);
    remove_->setToolTip(what);
    remove_->setAccessibleName(what);
}

QString FilterChip::text() const { return label_->text(); }

QSize FilterChip::sizeHint() const { return {QWidget::sizeHint().width(), qMax(20, fontMetrics().height() + 4)}; }

void FilterChip::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.selectionLine);
    painter.setBrush(t.selection);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

void FilterChip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) remove_->setIcon(icon(QStringLiteral("close")));
    QWidget::changeEvent(event);
}

}  // namespace weir::ui
