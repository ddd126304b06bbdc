// Pieces every cell painter shares: ground with grid line, swatch, chip, bar, text. They paint from the theme, selected
// or not.
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

enum class Tone : unsigned char { normal, secondary, dim, error, warning, good };
QColor toneColor(Tone tone);

/// Row height of every table: 20 px at the standard font, grows with the font.
int rowHeight(const QFontMetrics& metrics);
/// Ground, selection and the line under the row.
void paintCell(QPainter& painter, const QRect& rect, bool selected, bool current = false);
void paintCell(QPainter& painter, const QStyleOptionViewItem& option);
/// A 9 px square with a faint edge, centred in height at x.
void paintSwatch(QPainter& painter, int x, const QRect& rect, const QColor& color);
/// Swatch plus name; two and more names: all swatches and short names joined by ∧ in the error colour.
void paintChip(QPainter& painter, const QRect& rect, const QStringList& classNames,
               Qt::Alignment align = Qt::AlignLeft);
/// The same at the left, inside `rect`, with glyphs looked up: for lists that repaint whole screens.
void paintChip(QPainter& painter, const QRect& rect, const QStringList& classNames, const QuickText& text);
/// Hatches the swatches of such a chip: its class hangs on a setting.
void paintHatch(QPainter& painter, const QRect& rect, qsizetype swatches);
int chipWidth(const QFontMetrics& metrics, const QStringList& classNames);
/// A bar of 8 px height from the left edge, at least 1 px when share > 0.
void paintBar(QPainter& painter, const QRect& rect, double share, const QColor& color);
/// Text inside the cell's padding, elided at the right.
void paintText(QPainter& painter, const QRect& rect, const QString& text, Qt::Alignment align, const QColor& color);

}  // namespace weir::ui
