// See job_line.h.
#include "ui/shell/job_line.h"

#include "ui/icon.h"
#include "ui/jobs/job_list.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

namespace weir::ui {
namespace {

constexpr int kBarWidth = 96;
constexpr int kJobGap = 8;

}  // namespace

JobLine::JobLine(JobList& jobs, QWidget* parent) : QWidget(parent), jobs_(jobs), cancel_(new QToolButton(this)) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    cancel_->setIcon(icon(QStringLiteral("close")));
    cancel_->setIconSize({12, 12});
    cancel_->setAutoRaise(true);
    cancel_->setFixedSize(18, 18);
    cancel_->setToolTip(tr("Cancel this job"));
    cancel_->setAccessibleName(tr("Cancel job"));
    connect(cancel_, &QToolButton::clicked, this, [this] {
        for (const JobInfo& job : jobs_.jobs())
            if (job.state == JobState::running) return jobs_.cancel(job.id);
    });
    connect(&jobs, &JobList::changed, this, &JobLine::refresh);
    refresh();
}

void JobLine::refresh() {
    running_ = false;
    others_ = jobs_.running() - 1;
    for (const JobInfo& job : jobs_.jobs()) {
        if (job.state != JobState::running) continue;
        running_ = true;
        name_ = job.name;
        permille_ = job.permille();
        QStringList parts;
        if (permille_ >= 0) parts << QStringLiteral("%1 %").arg(permille_ / 10);
        if (job.rate > 0) parts << rateText(job.rate, job.unit);
        if (job.secondsLeft >= 1) parts << tr("%1 s left").arg(qint64(job.secondsLeft));
        if (others_ > 0) parts << tr("%n more", nullptr, others_);
        detail_ = parts.join(QStringLiteral(" · "));
        break;
    }
    cancel_->setVisible(running_);
    setAccessibleName(running_ ? name_ + u' ' + detail_ : tr("No jobs running"));
    updateGeometry();
    update();
}

QSize JobLine::sizeHint() const {
    const QFontMetrics m = fontMetrics();
    if (!running_) return {m.horizontalAdvance(tr("No jobs running")) + kJobGap, 24};
    return {m.horizontalAdvance(name_) + kJobGap + kBarWidth + kJobGap + m.horizontalAdvance(detail_) + 30, 24};
}

void JobLine::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.setPen(t.secondary);
    if (!running_) {
        painter.drawText(rect().adjusted(0, 0, -kJobGap, 0), Qt::AlignRight | Qt::AlignVCenter, tr("No jobs running"));
        return;
    }
    int right = width() - 26;
    painter.setPen(t.text);
    const int detail = fontMetrics().horizontalAdvance(detail_);
    painter.drawText(QRect(right - detail, 0, detail + 1, height()), Qt::AlignVCenter, detail_);
    right -= detail + kJobGap;
    const QRect track(right - kBarWidth, height() / 2 - 3, kBarWidth, 6);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.rule);
    painter.drawRoundedRect(track, 3, 3);
    painter.setBrush(t.accent);
    if (permille_ > 0)
        painter.drawRoundedRect(QRect(track.left(), track.top(), qMax(4, kBarWidth * permille_ / 1000), 6), 3, 3);
    right -= kBarWidth + kJobGap;
    painter.setPen(t.secondary);
    painter.drawText(QRect(0, 0, right, height()), Qt::AlignRight | Qt::AlignVCenter,
                     fontMetrics().elidedText(name_, Qt::ElideRight, right));
}

void JobLine::resizeEvent(QResizeEvent*) { cancel_->move(width() - 22, (height() - 18) / 2); }
void JobLine::mousePressEvent(QMouseEvent*) { emit clicked(); }

void JobLine::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space) return emit clicked();
    QWidget::keyPressEvent(event);
}

}  // namespace weir::ui
