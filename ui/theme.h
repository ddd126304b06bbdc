// The one table of colours for charts, hand-painted cells, syntax and states; light or dark by the system's palette or
// the user's choice.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>
#include <QStringView>

class QApplication;

namespace weir::ui {

enum class Scheme : unsigned char { system, light, dark };

struct Theme {
    bool dark = false;
    QColor window, surface, header;
    QColor text, secondary, dim;
    QColor rule, grid;  ///< lines round docks and under headers; lines between rows
    QColor accent, selection, selectionLine;
    QColor error, errorField, warning, warningField, good;
    QColor removed, added;  ///< fields of a difference
    QColor keyword, string, negated, comment;

    /// The theme in force. Read it while painting and at QEvent::PaletteChange, never keep it.
    static const Theme& current();
    /// Colour of a class by its name in the rule set: the same in both palettes but for classes beyond the known ones.
    static QColor classColor(QStringView className);
    /// Short name for chips and narrow headers: "Malicious Scanning" → "Scan".
    static QString classShortName(const QString& className);
    /// Cell of a heat map: count 0 is transparent. `most` = highest count of the map.
    static QColor heat(double count, double most);
    /// Black or white, whichever reads better on `field`.
    static QColor textOn(const QColor& field);
    /// The system's fixed font at the size of the text: filter, rules, 5-tuples, flags, hex.
    static QFont fixedFont();
};

/// Fusion style, palette, a font with digits of equal width. Call once before the first window.
void setUpLook(QApplication& app, Scheme scheme);
/// Changes palette and theme at run time; every widget gets a PaletteChange.
void setScheme(Scheme scheme);
Scheme currentScheme();

}  // namespace weir::ui
