// See inspector_codes.h.
#include "ui/views/inspector_codes.h"

#include "ui/code_look.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kCodeLeft = 8, kText = 16, kCodeRight = 8, kBetween = 6;
constexpr int kWrap = int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap;

}  // namespace

InspectorCodes::InspectorCodes(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void InspectorCodes::set(std::vector<InspectorSubject::CodeLine> lines) {
    lines_ = std::move(lines);
    QStringList spoken;
    for (const auto& line : lines_)
        spoken << line.code + (line.points.isEmpty() ? QString() : u' ' + line.points) + QStringLiteral(": ") +
                      line.evidence;
    setAccessibleName(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

int InspectorCodes::evidenceHeight(const QString& evidence, int width) const {
    if (evidence.isEmpty()) return 0;
    return fontMetrics()
        .boundingRect(QRect(0, 0, std::max(40, width - kText - kCodeRight), 10000), kWrap, evidence)
        .height();
}

int InspectorCodes::heightFor(int width) const {
    int height = 0;
    for (const auto& line : lines_)
        height += fontMetrics().height() + 2 + evidenceHeight(line.evidence, width) + kBetween;
    return height;
}

void InspectorCodes::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    updateGeometry();
}

void InspectorCodes::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const int line = fontMetrics().height() + 2, sums = fontMetrics().horizontalAdvance(QStringLiteral("0000")),
              points = fontMetrics().horizontalAdvance(QStringLiteral("+0000"));
    int y = 0;
    for (const auto& code : lines_) {
        const int evidence = evidenceHeight(code.evidence, width());
        painter.fillRect(QRect(kCodeLeft, y + 1, 3, line + evidence - 2), code.color);
        painter.setFont(bold);
        painter.setPen(code.holds ? t.text : t.secondary);
        const int room = width() - kText - kCodeRight - (code.holds ? sums + points : 0);
        painter.drawText(QRect(kText, y, room, line), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(bold).elidedText(code.code, Qt::ElideRight, room));
        if (code.holds) {
            painter.drawText(QRect(width() - kCodeRight - sums - points, y, points, line),
                             Qt::AlignRight | Qt::AlignVCenter, code.points);
            painter.setFont(font());
            painter.setPen(t.secondary);
            painter.drawText(QRect(width() - kCodeRight - sums, y, sums, line), Qt::AlignRight | Qt::AlignVCenter,
                             code.sum);
        }
        painter.setFont(font());
        painter.setPen(t.secondary);
        painter.drawText(QRect(kText, y + line, width() - kText - kCodeRight, evidence), kWrap, code.evidence);
        y += line + evidence + kBetween;
    }
}

InspectorFigures::InspectorFigures(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

QFont InspectorFigures::large() const {
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.6);
    big.setWeight(QFont::DemiBold);
    return big;
}

void InspectorFigures::set(const QList<InspectorSubject::Figure>& figures) {
    figures_ = figures;
    QStringList spoken;
    for (const auto& figure : figures_) spoken << figure.title + u' ' + figure.value;
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    setVisible(!figures_.isEmpty());
    updateGeometry();
    update();
}

QSize InspectorFigures::sizeHint() const { return {100, fontMetrics().height() + QFontMetrics(large()).height() + 14}; }

void InspectorFigures::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), t.rule);
    const int title = fontMetrics().height();
    int x = kCodeLeft;
    for (const auto& figure : figures_) {
        const int wide = std::max(fontMetrics().horizontalAdvance(figure.title),
                                  QFontMetrics(large()).horizontalAdvance(figure.value));
        painter.setFont(font());
        painter.setPen(t.secondary);
        painter.drawText(QRect(x, 6, wide, title), Qt::AlignLeft | Qt::AlignVCenter, figure.title);
        painter.setFont(large());
        painter.setPen(t.text);
        painter.drawText(QRect(x, 6 + title, wide, height() - title - 8), Qt::AlignLeft | Qt::AlignTop, figure.value);
        x += wide + 18;
    }
}

}  // namespace weir::ui
