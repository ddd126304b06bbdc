// See cell_paint.h.
#include "ui/delegates/cell_paint.h"

#include "ui/text/quick_text.h"
#include "ui/theme.h"

#include <QStyleOptionViewItem>

#include <algorithm>

namespace weir::ui {
namespace {

constexpr int kSwatch = 9;
constexpr int kSwatchGap = 5;

QString chipText(const QStringList& names) {
    if (names.size() == 1) return names.front();
    QStringList parts;
    for (const QString& name : names) parts << Theme::classShortName(name);
    return parts.join(QStringLiteral(" ∧ "));
}

int swatchesWidth(qsizetype n) { return int(n) * (kSwatch + 2) - 2 + kSwatchGap; }

}  // namespace

QColor toneColor(Tone tone) {
    const Theme& t = Theme::current();
    switch (tone) {
        case Tone::normal: return t.text;
        case Tone::secondary: return t.secondary;
        case Tone::dim: return t.dim;
        case Tone::error: return t.error;
        case Tone::warning: return t.warning;
        case Tone::good: return t.good;
    }
    return t.text;
}

int rowHeight(const QFontMetrics& metrics) { return std::max(20, metrics.ascent() + metrics.descent() + 4); }

void paintCell(QPainter& painter, const QRect& rect, bool selected, bool current) {
    const Theme& t = Theme::current();
    painter.fillRect(rect, selected ? t.selection : t.surface);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                     selected || current ? t.selectionLine : t.grid);
    if (current && !selected) painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), t.selectionLine);
}

void paintCell(QPainter& painter, const QStyleOptionViewItem& option) {
    paintCell(painter, option.rect, option.state & QStyle::State_Selected);
}

void paintSwatch(QPainter& painter, int x, const QRect& rect, const QColor& color) {
    const QRect box(x, rect.top() + (rect.height() - kSwatch) / 2, kSwatch, kSwatch);
    painter.fillRect(box, color);
    painter.setPen(QColor(0, 0, 0, Theme::current().dark ? 90 : 60));
    painter.drawRect(box.adjusted(0, 0, -1, -1));
}

void paintChip(QPainter& painter, const QRect& rect, const QStringList& classNames, Qt::Alignment align) {
    if (classNames.isEmpty()) return;
    int x = rect.left() + kCellPadding;
    if (align & Qt::AlignRight)
        x = std::max(x, rect.right() - kCellPadding - chipWidth(painter.fontMetrics(), classNames));
    for (const QString& name : classNames) {
        paintSwatch(painter, x, rect, Theme::classColor(name));
        x += kSwatch + 2;
    }
    x += kSwatchGap - 2;
    const QRect box(x - kCellPadding, rect.top(), rect.right() - x + kCellPadding, rect.height());
    const Theme& t = Theme::current();
    paintText(painter, box, chipText(classNames), Qt::AlignLeft, classNames.size() > 1 ? t.error : t.text);
}

void paintChip(QPainter& painter, const QRect& rect, const QStringList& classNames, const QuickText& text) {
    if (classNames.isEmpty()) return;
    int x = rect.left() + kCellPadding;
    for (const QString& name : classNames) {
        if (x + kSwatch > rect.right()) return;
        paintSwatch(painter, x, rect, Theme::classColor(name));
        x += kSwatch + 2;
    }
    x += kSwatchGap - 2;
    const Theme& t = Theme::current();
    text.draw(painter, QRect(x, rect.top(), rect.right() - kCellPadding - x, rect.height() - 1), chipText(classNames),
              Qt::AlignLeft, classNames.size() > 1 ? t.error : t.text);
}

void paintHatch(QPainter& painter, const QRect& rect, qsizetype swatches) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(Theme::current().window, 1));
    int x = rect.left() + kCellPadding;
    const int top = rect.top() + (rect.height() - kSwatch) / 2;
    for (qsizetype i = 0; i < swatches; ++i, x += kSwatch + 2) {
        const QRect box(x, top, kSwatch, kSwatch);
        painter.setClipRect(box);
        for (int d = -kSwatch; d < kSwatch; d += 3)
            painter.drawLine(box.left() + d, box.bottom(), box.left() + d + kSwatch, box.bottom() - kSwatch);
    }
    painter.restore();
}

int chipWidth(const QFontMetrics& metrics, const QStringList& classNames) {
    return classNames.isEmpty() ? 0
                                : swatchesWidth(classNames.size()) + metrics.horizontalAdvance(chipText(classNames));
}

void paintBar(QPainter& painter, const QRect& rect, double share, const QColor& color) {
    if (share <= 0) return;
    const int room = rect.width() - 2 * kCellPadding;
    const int width = std::clamp(int(share * room + 0.5), 1, std::max(1, room));
    painter.fillRect(QRect(rect.left() + kCellPadding, rect.top() + (rect.height() - 8) / 2, width, 8), color);
}

void paintText(QPainter& painter, const QRect& rect, const QString& text, Qt::Alignment align, const QColor& color) {
    if (text.isEmpty()) return;
    const QRect box = rect.adjusted(kCellPadding, 0, -kCellPadding, -1);
    painter.setPen(color);
    const QFontMetrics metrics = painter.fontMetrics();
    const bool fits = metrics.horizontalAdvance(text) <= box.width();
    painter.drawText(box, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                     fits ? text : metrics.elidedText(text, Qt::ElideRight, box.width()));
}

}  // namespace weir::ui
