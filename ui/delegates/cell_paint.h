// Painting helpers that all cell delegates share: background with grid line, swatch, chip, bar, text. Colours come from
// the theme, also for selected cells.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRect>
#include <QString>
#include <QStringList>

class QStyleOptionViewItem;

namespace weir::ui {

class QuickText;

inline constexpr int kCellPadding = 6;  ///< left and right, px

/// Text tone of a cell; toneColor() maps it to the current theme.
enum class Tone : unsigned char { normal, secondary, dim, error, warning, good };
/// Colour of a tone in the current theme.
QColor toneColor(Tone tone);

/// Row height of every table in px: 20 at the standard font, growing with the font.
int rowHeight(const QFontMetrics& metrics);
/// Paints background, selection and the line under the row.
void paintCell(QPainter& painter, const QRect& rect, bool selected, bool current = false);
void paintCell(QPainter& painter, const QStyleOptionViewItem& option);
/// Paints a 9 px square with a faint edge at x, vertically centred.
void paintSwatch(QPainter& painter, int x, const QRect& rect, const QColor& color);
/// Paints swatch and name; for two or more names, all swatches and the short names joined by ∧ in the error colour.
void paintChip(QPainter& painter, const QRect& rect, const QStringList& classNames,
               Qt::Alignment align = Qt::AlignLeft);
/// The same, left-aligned, with looked-up glyphs: for lists that repaint whole screens.
void paintChip(QPainter& painter, const QRect& rect, const QStringList& classNames, const QuickText& text);
/// Hatches the swatches of such a chip: the class depends on a setting.
void paintHatch(QPainter& painter, const QRect& rect, qsizetype swatches);
/// Width in px that paintChip() needs.
int chipWidth(const QFontMetrics& metrics, const QStringList& classNames);
/// Paints a bar of 8 px height from the left edge, at least 1 px wide when share > 0.
void paintBar(QPainter& painter, const QRect& rect, double share, const QColor& color);
/// Paints text inside the cell's padding, elided at the right.
void paintText(QPainter& painter, const QRect& rect, const QString& text, Qt::Alignment align, const QColor& color);

}  // namespace weir::ui
