// See metric_strip_item.h.
#include "ui/views/metric_strip_item.h"

#include "ui/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kSide = 11, kDeltaGap = 7;

QFont scaledFont(const QFont& font, double factor, QFont::Weight weight = QFont::Normal) {
    QFont out = font;
    out.setPointSizeF(font.pointSizeF() * factor);
    out.setWeight(weight);
    return out;
}
QFont captionFont(const QWidget& w) { return scaledFont(w.font(), 11.0 / 12); }
QFont figureFont(const QWidget& w) { return scaledFont(w.font(), 17.0 / 12, QFont::DemiBold); }

}  // namespace

Metric::Metric(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding); }

void Metric::set(const MetricText& text) {
    const bool resized = text.caption != text_.caption || text.figure.size() != text_.figure.size() ||
                         text.delta.size() != text_.delta.size();
    text_ = text;
    setToolTip(text.sentence);
    setAccessibleName(text.sentence);
    if (resized) updateGeometry();
    update();
}

QSize Metric::sizeHint() const {
    const QFontMetrics caption(captionFont(*this)), figure(figureFont(*this)), delta(captionFont(*this));
    const int line = figure.horizontalAdvance(text_.figure) +
                     (text_.delta.isEmpty() ? 0 : kDeltaGap + delta.horizontalAdvance(text_.delta));
    return {std::max(caption.horizontalAdvance(text_.caption), line) + 2 * kSide + 2,
            caption.height() + figure.height() + 6};
}

QSize Metric::minimumSizeHint() const {
    const QFontMetrics figure(figureFont(*this));
    return {figure.horizontalAdvance(text_.figure) + 2 * kSide, sizeHint().height()};
}

void Metric::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.rule);
    const QFont caption = captionFont(*this), figure = figureFont(*this);
    const QFontMetrics captionMetrics(caption), figureMetrics(figure);
    const int room = width() - 2 * kSide;
    const int top = (height() - captionMetrics.height() - figureMetrics.height()) / 2;
    painter.setFont(caption);
    painter.setPen(theme.secondary);
    const bool fits = text_.shortCaption.isEmpty() || captionMetrics.horizontalAdvance(text_.caption) <= room;
    painter.drawText(QRect(kSide, top, room, captionMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     captionMetrics.elidedText(fits ? text_.caption : text_.shortCaption, Qt::ElideRight, room));
    const int baseline = top + captionMetrics.height() + figureMetrics.ascent();
    painter.setFont(figure);
    painter.setPen(toneColor(text_.figureTone));
    painter.drawText(kSide, baseline, text_.figure);
    const int used = figureMetrics.horizontalAdvance(text_.figure) + kDeltaGap;
    painter.setFont(caption);
    painter.setPen(toneColor(text_.deltaTone));
    if (used + captionMetrics.horizontalAdvance(text_.delta) <= room + 2)
        painter.drawText(kSide + used, baseline, text_.delta);
}

StaleField::StaleField(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setCursor(Qt::PointingHandCursor);
}

void StaleField::set(const QString& why, const QString& shown) {
    why_ = why;
    shown_ = shown;
    setAccessibleName(why + u". " + shown);
    setToolTip(accessibleName());
    updateGeometry();
    update();
}

QSize StaleField::sizeHint() const {
    const QFontMetrics caption(captionFont(*this)), bold(scaledFont(font(), 1, QFont::DemiBold));
    return {std::max(bold.horizontalAdvance(why_), caption.horizontalAdvance(shown_)) + 44,
            bold.height() + caption.height() + 6};
}

void StaleField::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.warningField);
    const QFont bold = scaledFont(font(), 1, QFont::DemiBold), caption = captionFont(*this);
    const QFontMetrics boldMetrics(bold), captionMetrics(caption);
    const int top = (height() - boldMetrics.height() - captionMetrics.height()) / 2, room = width() - 40;
    const QPointF sign[] = {{18.5, top + 2.0}, {25.0, top + 13.0}, {12.0, top + 13.0}};
    painter.setPen(QPen(theme.warning, 1.3));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolygon(sign, 3);
    painter.drawLine(QPointF(18.5, top + 6.0), QPointF(18.5, top + 9.4));
    painter.drawPoint(QPointF(18.5, top + 11.3));
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(QRect(32, top, room, boldMetrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     boldMetrics.elidedText(why_, Qt::ElideRight, room));
    painter.setFont(caption);
    painter.setPen(theme.secondary);
    painter.drawText(QRect(32, top + boldMetrics.height(), room, captionMetrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, captionMetrics.elidedText(shown_, Qt::ElideRight, room));
}

void StaleField::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) emit clicked();
}

}  // namespace weir::ui
