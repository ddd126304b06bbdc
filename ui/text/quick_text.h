// One-line texts of table cells, drawn without shaping: glyphs and widths of plain ASCII are looked up, all other text
// uses QPainter.
#pragma once

#include <QFont>
#include <QPainter>
#include <QRawFont>
#include <QString>

#include <array>

namespace weir::ui {

/// For one font. Several times faster than drawText(), which lays out every string again; no kerning.
class QuickText {
public:
    explicit QuickText(const QFont& font);
    double width(const QString& text) const;
    /// Draws inside `box`, vertically centred, elided at the right when it does not fit.
    void draw(QPainter& painter, const QRect& box, const QString& text, Qt::Alignment align, const QColor& color) const;

private:
    bool plain(const QString& text) const;
    void drawGlyphs(QPainter& painter, double x, double baseline, QStringView text, bool dots) const;

    static constexpr char16_t kFirst = 0x20, kLast = 0x7e;
    QFont font_;
    QFontMetricsF metrics_;
    QRawFont raw_;
    std::array<quint32, kLast - kFirst + 1> glyphs_{};
    std::array<double, kLast - kFirst + 1> widths_{};
    double dot_ = 0;
};

}  // namespace weir::ui
