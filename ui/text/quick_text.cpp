// See quick_text.h.
#include "ui/text/quick_text.h"

#include <QFontMetricsF>
#include <QGlyphRun>

#include <algorithm>
#include <cmath>

namespace weir::ui {

QuickText::QuickText(const QFont& font) : font_(font), metrics_(font), raw_(QRawFont::fromFont(font)) {
    QString all;
    for (char16_t c = kFirst; c <= kLast; ++c) all += QChar(c);
    const QList<quint32> glyphs = raw_.glyphIndexesForString(all);
    if (glyphs.size() != qsizetype(glyphs_.size())) raw_ = QRawFont();  // an odd font: draw() falls back to QPainter
    for (std::size_t i = 0; i < glyphs_.size(); ++i) {
        if (raw_.isValid()) glyphs_[i] = glyphs[qsizetype(i)];
        widths_[i] = metrics_.horizontalAdvance(QChar(char16_t(kFirst + i)));
    }
    dot_ = widths_[u'.' - kFirst];
}

bool QuickText::plain(const QString& text) const {
    return raw_.isValid() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= kFirst && c.unicode() <= kLast; });
}

double QuickText::width(const QString& text) const {
    if (!plain(text)) return metrics_.horizontalAdvance(text);
    double total = 0;
    for (const QChar c : text) total += widths_[c.unicode() - kFirst];
    return total;
}

void QuickText::draw(QPainter& painter, const QRect& box, const QString& text, Qt::Alignment align,
                     const QColor& color) const {
    if (text.isEmpty() || box.width() <= 0) return;
    painter.setPen(color);
    const double baseline = box.top() + (box.height() - metrics_.height()) / 2 + metrics_.ascent();
    if (!plain(text)) {
        painter.setFont(font_);
        painter.drawText(box, int(align | Qt::AlignVCenter) | Qt::TextSingleLine,
                         metrics_.elidedText(text, Qt::ElideRight, box.width()));
        return;
    }
    const double wide = width(text);
    if (wide <= box.width()) {
        const double x = align & Qt::AlignRight ? box.left() + box.width() - wide : box.left();
        return drawGlyphs(painter, x, baseline, text, false);
    }
    double used = 3 * dot_;
    qsizetype fits = 0;
    while (fits < text.size() && used + widths_[text[fits].unicode() - kFirst] <= box.width())
        used += widths_[text[fits++].unicode() - kFirst];
    drawGlyphs(painter, box.left(), baseline, QStringView(text).left(fits), true);
}

void QuickText::drawGlyphs(QPainter& painter, double x, double baseline, QStringView text, bool dots) const {
    std::array<quint32, 256> glyphs;
    std::array<QPointF, 256> places;
    std::size_t n = 0;
    double at = 0;
    const auto put = [&](char16_t c) {
        if (n == glyphs.size()) return;
        glyphs[n] = glyphs_[c - kFirst];
        places[n++] = QPointF(at, 0);
        at += widths_[c - kFirst];
    };
    for (const QChar c : text) put(c.unicode());
    for (int i = 0; dots && i < 3; ++i) put(u'.');
    QGlyphRun run;
    run.setRawFont(raw_);
    run.setRawData(glyphs.data(), places.data(), int(n));
    painter.drawGlyphRun(QPointF(std::round(x), std::round(baseline)), run);
}

}  // namespace weir::ui
