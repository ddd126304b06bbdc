// The table of colours for charts, hand-painted cells, syntax and states; light or dark, following the system palette
// or the user's choice.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>
#include <QStringView>

class QApplication;

namespace weir::ui {

/// Which palette to use; `system` follows the desktop.
enum class Scheme : unsigned char { system, light, dark };

/// Colours by purpose. All widgets that paint by hand use these.
struct Theme {
    bool dark = false;
    QColor window, surface, header;
    QColor text, secondary, dim;
    QColor rule, grid;  ///< lines around panels and under headers; lines between rows
    QColor accent, selection, selectionLine;
    QColor error, errorField, warning, warningField, good;
    QColor removed, added;  ///< fields of a difference
    QColor keyword, string, negated, comment;

    /// The current theme. Read it while painting and on QEvent::PaletteChange; do not store it.
    static const Theme& current();
    /// Colour of a class, by its name in the rule set. Well-known classes have the same colour in light and dark.
    static QColor classColor(QStringView className);
    /// Short name for chips and narrow headers: "Malicious Scanning" → "Scan".
    static QString classShortName(const QString& className);
    /// Background of a heat-map cell; transparent for count 0. `most` = highest count of the map.
    static QColor heat(double count, double most);
    /// Black or white, whichever reads better on `field`.
    static QColor textOn(const QColor& field);
    /// The system's fixed font at the size of the text: filter, rules, 5-tuples, flags, hex.
    static QFont fixedFont();
};

/// Sets style, palette, a font with digits of equal width, and the English plurals. Call once before the first window.
void setUpLook(QApplication& app, Scheme scheme);
/// Changes palette and theme at run time; every widget receives a PaletteChange event.
void setScheme(Scheme scheme);
Scheme currentScheme();

}  // namespace weir::ui
