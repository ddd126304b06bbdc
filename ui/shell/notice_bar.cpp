// See notice_bar.h.
#include "ui/shell/notice_bar.h"

#include "ui/icon.h"
#include "ui/text/shown_text.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace weir::ui {

NoticeBar::NoticeBar(QWidget* parent) : QWidget(parent), label_(new QLabel(this)), close_(new QToolButton(this)) {
    label_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label_->setObjectName(QStringLiteral("noticeText"));
    close_->setIcon(icon(QStringLiteral("close")));
    close_->setIconSize({12, 12});
    close_->setAutoRaise(true);
    close_->setFixedSize(18, 18);
    close_->setToolTip(tr("Close this notice"));
    close_->setAccessibleName(tr("Close this notice"));
    connect(close_, &QToolButton::clicked, this, &NoticeBar::dismiss);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 3, 8, 3);
    row->addWidget(label_, 1);
    row->addWidget(close_);
    hide();
}

void NoticeBar::show(const QString& what, const QString& why, bool error) {
    lines_ << shownText(why.isEmpty() ? what : what + QStringLiteral(": ") + why);
    error_ = error_ || error;
    label_->setText(text());
    setToolTip(lines_.join(u'\n'));
    setAccessibleName(lines_.join(QStringLiteral(". ")));
    restyle();
    setVisible(true);
}

QString NoticeBar::text() const {
    if (lines_.isEmpty()) return {};
    return lines_.size() == 1 ? lines_.front()
                              : tr("%1 · and %n more", nullptr, int(lines_.size()) - 1).arg(lines_.front());
}

void NoticeBar::dismiss() {
    lines_.clear();
    error_ = false;
    hide();
}

void NoticeBar::restyle() {
    const Theme& t = Theme::current();
    QPalette p = label_->palette();
    if (p.color(QPalette::WindowText) == (error_ ? t.error : t.text)) return;
    p.setColor(QPalette::WindowText, error_ ? t.error : t.text);
    label_->setPalette(p);
}

void NoticeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) restyle();
    QWidget::changeEvent(event);
}

void NoticeBar::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect().adjusted(4, 0, -4, 0), error_ ? t.errorField : t.warningField);
    painter.setPen(t.rule);
    painter.drawRect(rect().adjusted(4, 0, -5, -1));
}

}  // namespace weir::ui
