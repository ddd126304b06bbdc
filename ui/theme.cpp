// See theme.h. Values are those of the visual system: one row a role, light beside dark.
#include "ui/theme.h"

#include "ui/style.h"
#include "ui/text/plurals.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

/// Icons, layouts and the manual are in a static library; without this call the linker drops them. Must be outside all
/// namespaces.
static void takeResources() { Q_INIT_RESOURCE(resources); }

namespace weir::ui {
namespace {

struct RoleRow {
    QColor Theme::*role;
    QRgb light, dark;
};
// clang-format off
constexpr auto kRoles = std::to_array<RoleRow>({
    {&Theme::window,        0xffeef0f2, 0xff1b1e21}, {&Theme::surface,      0xffffffff, 0xff222629}, {&Theme::header,  0xfff6f7f8, 0xff282c30},
    {&Theme::text,          0xff1b1f23, 0xffe6e9ec}, {&Theme::secondary,    0xff565e68, 0xffa9b1b9}, {&Theme::dim,     0xff6b737c, 0xff8b949d},
    {&Theme::rule,          0xffd9dde1, 0xff383e44}, {&Theme::grid,         0xffeceef0, 0xff2d3237}, {&Theme::accent,  0xff0072b2, 0xff56b4e9},
    {&Theme::selection,     0xffd5e8f4, 0xff23465c}, {&Theme::selectionLine, 0xff9cc8e4, 0xff3b7296},
    {&Theme::error,         0xffb3261e, 0xffff8a80}, {&Theme::errorField,   0xfffbe9e7, 0xff43211f},
    {&Theme::warning,       0xff8a5a00, 0xfff2c14e}, {&Theme::warningField, 0xfffff4d6, 0xff3c3218}, {&Theme::good,    0xff1a7a3c, 0xff6fcf97},
    {&Theme::removed,       0xfffbe3d6, 0xff4a2a1e}, {&Theme::added,        0xffddf1e7, 0xff1e3f31},
    {&Theme::keyword,       0xff7a3e9d, 0xffc9a0e6}, {&Theme::string,       0xff22662f, 0xff8ccb93}, {&Theme::negated, 0xff9a4a00, 0xfff0a868},
    {&Theme::comment,       0xff6b737c, 0xff8b949d},
});
// clang-format on

struct ClassRow {
    const char16_t* name;
    const char16_t* shortName;
    QRgb color;
};
// clang-format off
constexpr auto kClasses = std::to_array<ClassRow>({
    {u"Malicious Scanning",  u"Scan",    0xffd55e00}, {u"Backscatter",      u"Backsc", 0xffe69f00},
    {u"Service Unreachable", u"Unreach", 0xffcc79a7}, {u"Benign P2P",       u"P2P",    0xff56b4e9},
    {u"Suspected Benign",    u"Benign",  0xff009e73}, {u"Bogon",            u"Bogon",  0xfff0e442},
    {u"Other",               u"Other",   0xff8a9199},
});
// clang-format on

Scheme gScheme = Scheme::system;
QPalette gSystemPalette;
Theme gTheme;

Theme makeTheme(bool dark) {
    Theme t;
    t.dark = dark;
    for (const RoleRow& row : kRoles) t.*row.role = QColor::fromRgb(dark ? row.dark : row.light);
    return t;
}

QPalette paletteOf(const Theme& t) {
    QPalette p;
    const auto set = [&p](std::initializer_list<QPalette::ColorRole> roles, const QColor& color) {
        for (const auto role : roles) p.setColor(role, color);
    };
    set({QPalette::Window}, t.window);
    set({QPalette::Base, QPalette::ToolTipBase}, t.surface);
    set({QPalette::AlternateBase, QPalette::Button}, t.header);
    set({QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText, QPalette::BrightText,
         QPalette::ToolTipText},
        t.text);
    set({QPalette::PlaceholderText}, t.secondary);
    set({QPalette::Mid, QPalette::Dark}, t.rule);
    set({QPalette::Midlight}, t.grid);
    set({QPalette::Light}, t.surface);
    set({QPalette::Shadow}, t.dark ? QColor(0, 0, 0) : QColor(0x9a, 0xa1, 0xa8));
    set({QPalette::Highlight}, t.selection);
    set({QPalette::Link, QPalette::LinkVisited}, t.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.dim);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.rule);
    return p;
}

bool wantsDark(Scheme scheme) {
    if (scheme != Scheme::system) return scheme == Scheme::dark;
    return gSystemPalette.color(QPalette::Window).lightness() < 128;
}

bool digitsAreEqual(const QFont& font) {
    const QFontMetricsF metrics(font);
    const double zero = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit)
        if (std::abs(metrics.horizontalAdvance(QChar(digit)) - zero) > 0.01) return false;
    return zero > 0;
}

/// The system's font when its digits are equally wide, else the first common family whose digits are.
QFont tabularFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const QStringList known = {QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                               QStringLiteral("Liberation Sans"), QStringLiteral("Lato")};
    const QStringList families = QFontDatabase::families();
    // A generic alias ("Sans Serif") leaves the choice to the system: use the family that the drawings were made with,
    // if it is installed.
    const bool generic = !families.contains(font.family());
    if (!generic && digitsAreEqual(font)) return font;
    for (const QString& family : known) {
        if (!families.contains(family)) continue;
        QFont candidate = font;
        candidate.setFamily(family);
        if (digitsAreEqual(candidate)) return candidate;
    }
    return font;
}

double mix(double a, double b, double t) { return a + (b - a) * t; }

QColor mixed(const QColor& a, const QColor& b, double t) {
    return QColor::fromRgbF(float(mix(a.redF(), b.redF(), t)), float(mix(a.greenF(), b.greenF(), t)),
                            float(mix(a.blueF(), b.blueF(), t)));
}

double luminance(const QColor& c) {
    const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

}  // namespace

const Theme& Theme::current() { return gTheme; }

QColor Theme::classColor(QStringView className) {
    for (const ClassRow& row : kClasses)
        if (className == QStringView(row.name)) return QColor::fromRgb(row.color);
    return QColor::fromRgb(gTheme.dark ? 0xffc8ced4 : 0xff2b2f33);
}

QString Theme::classShortName(const QString& className) {
    for (const ClassRow& row : kClasses)
        if (className == QStringView(row.name)) return QString::fromUtf16(row.shortName);
    return className;
}

QColor Theme::heat(double count, double most) {
    if (count <= 0) return Qt::transparent;
    const double t = most > 1 ? std::pow(std::log(count) / std::log(most), 2.4) : 1.0;
    const QColor low = QColor::fromRgb(gTheme.dark ? 0xff283036 : 0xfff3f8fb);
    const QColor middle = QColor::fromRgb(gTheme.dark ? 0xff265473 : 0xffa3cbe4);
    return t < 0.5 ? mixed(low, middle, t * 2) : mixed(middle, gTheme.accent, std::min(1.0, t * 2 - 1));
}

QColor Theme::textOn(const QColor& field) {
    const double l = luminance(field);
    const QColor darkText = QColor::fromRgb(0xff1b1f23);
    const bool white = 1.05 / (l + 0.05) > (l + 0.05) / (luminance(darkText) + 0.05);
    return white ? QColor(Qt::white) : darkText;
}

QFont Theme::fixedFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

void setUpLook(QApplication& app, Scheme scheme) {
    takeResources();
    gSystemPalette = QApplication::palette();
    app.setStyle(new Style);
    QCoreApplication::installTranslator(new EnglishPlurals(&app));
    QFont font = tabularFont();
    font.setPointSizeF(std::max(9.0, std::min(font.pointSizeF(), 12.0)));
    QApplication::setFont(font);
    setScheme(scheme);
}

void setScheme(Scheme scheme) {
    gScheme = scheme;
    gTheme = makeTheme(wantsDark(scheme));
    QApplication::setPalette(paletteOf(gTheme));
    QToolTip::setPalette(paletteOf(gTheme));
}

Scheme currentScheme() { return gScheme; }

}  // namespace weir::ui
