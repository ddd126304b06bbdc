// See style.h.
#include "ui/style.h"

#include "ui/theme.h"

#include <QApplication>
#include <QMenuBar>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace weir::ui {
namespace {

void drawButton(const QStyleOption& option, QPainter& painter, bool flat) {
    const Theme& t = Theme::current();
    const bool on = option.state & (QStyle::State_On | QStyle::State_Sunken);
    const bool hot = option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled;
    const bool focus = option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
    if (flat && !on && !hot && !focus) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor edge = on ? t.selectionLine : focus || hot ? t.accent : t.rule;
    if (flat && !on && !focus) edge = t.rule;
    painter.setPen(QPen(edge, 1));
    painter.setBrush(on ? t.selection : t.surface);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.restore();
}

void drawHeader(const QStyleOption& option, QPainter& painter) {
    const Theme& t = Theme::current();
    painter.fillRect(option.rect, t.header);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.rule);
}

void drawMenuBarItem(const QStyleOptionMenuItem& item, QPainter& painter, const QStyle& style) {
    const Theme& t = Theme::current();
    painter.fillRect(item.rect, t.window);
    if (item.state & (QStyle::State_Selected | QStyle::State_Sunken)) painter.fillRect(item.rect, t.selection);
    int flags = Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip | Qt::TextSingleLine;
    if (!style.styleHint(QStyle::SH_UnderlineShortcut, &item)) flags |= Qt::TextHideMnemonic;
    style.drawItemText(&painter, item.rect, flags, item.palette, item.state & QStyle::State_Enabled, item.text,
                       QPalette::ButtonText);
}

void drawScrollBar(const QStyleOptionSlider& bar, QPainter& painter, const QRect& thumb) {
    const Theme& t = Theme::current();
    painter.fillRect(bar.rect, t.header);
    if (bar.maximum <= bar.minimum) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const bool hot = bar.state & QStyle::State_MouseOver && bar.activeSubControls & QStyle::SC_ScrollBarSlider;
    painter.setBrush(hot || bar.state & QStyle::State_Sunken
                         ? t.selectionLine
                         : QColor(t.dark ? t.selectionLine.darker(120) : t.selectionLine));
    painter.drawRoundedRect(QRectF(thumb).adjusted(2, 2, -2, -2), 3, 3);
    painter.restore();
}

/// Field of a line edit or spin box: one line round it, in the accent while it has the focus.
void drawField(const QStyleOption& option, QPainter& painter) {
    const Theme& t = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(option.state & QStyle::State_HasFocus ? t.accent : t.rule, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.restore();
}

/// Flat tabs of panels and dialogs: the selected tab has the background of the title row below it.
void drawTab(const QStyleOptionTab& tab, QPainter& painter) {
    const Theme& t = Theme::current();
    const bool on = tab.state & QStyle::State_Selected;
    painter.fillRect(tab.rect, on ? t.header : t.window);
    if (!on) return;
    painter.setPen(t.rule);
    painter.drawRect(tab.rect.adjusted(0, 0, -1, 2));
    painter.fillRect(QRect(tab.rect.left(), tab.rect.top(), tab.rect.width(), 2), t.accent);
}

constexpr int kMenuArrow = 14;  ///< room for the arrow of a button that opens a menu

bool opensMenu(const QStyleOptionToolButton& button) {
    return button.features & QStyleOptionToolButton::HasMenu &&
           !(button.features & QStyleOptionToolButton::MenuButtonPopup);
}

/// The arrow is beside the text, not in a corner over it.
void drawMenuButton(const QStyleOptionToolButton& button, QPainter& painter, const QStyle& style,
                    const QWidget* widget) {
    style.drawPrimitive(QStyle::PE_PanelButtonTool, &button, &painter, widget);
    QStyleOptionToolButton label(button);
    label.features &= ~QStyleOptionToolButton::HasMenu;
    label.rect.adjust(0, 0, -kMenuArrow, 0);
    style.drawControl(QStyle::CE_ToolButtonLabel, &label, &painter, widget);
    QStyleOption arrow(button);
    arrow.rect = QRect(button.rect.right() - kMenuArrow, button.rect.top(), 8, button.rect.height());
    style.drawPrimitive(QStyle::PE_IndicatorArrowDown, &arrow, &painter, widget);
}

}  // namespace

Style::Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_DockWidgetSeparatorExtent: return 4;
        case PM_DockWidgetFrameWidth: return 0;
        case PM_ScrollBarExtent: return 10;
        case PM_ScrollBarSliderMin: return 28;
        case PM_HeaderMargin: return 6;
        case PM_MenuBarPanelWidth: return 0;
        case PM_MenuBarVMargin: return 3;
        case PM_MenuBarHMargin: return 6;
        case PM_TabBarTabHSpace: return 18;
        case PM_TabBarTabVSpace: return 6;
        case PM_SmallIconSize:
        case PM_ButtonIconSize: return 16;
        default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const {
    if (hint == SH_ToolTip_WakeUpDelay) return 500;
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
    if (hint == SH_EtchDisabledText || hint == SH_DitherDisabledText) return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    const Theme& t = Theme::current();
    switch (element) {
        case PE_PanelButtonCommand: return drawButton(*option, *painter, false);
        case PE_PanelButtonTool: return drawButton(*option, *painter, option->state & State_AutoRaise);
        case PE_FrameLineEdit: return drawField(*option, *painter);
        case PE_Frame:
            painter->setPen(t.rule);
            painter->setBrush(Qt::NoBrush);
            return painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        case PE_PanelMenuBar: return painter->fillRect(option->rect, t.window);
        case PE_FrameStatusBarItem:
        case PE_FrameTabBarBase: return;
        case PE_PanelStatusBar: return painter->fillRect(option->rect, t.window);
        case PE_IndicatorDockWidgetResizeHandle: return painter->fillRect(option->rect, t.window);
        case PE_FrameDockWidget: return;
        default: return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    switch (element) {
        case CE_HeaderSection:
        case CE_HeaderEmptyArea: return drawHeader(*option, *painter);
        case CE_HeaderLabel: {
            const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
            if (header == nullptr) break;
            QStyleOptionHeader copy(*header);
            const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
            copy.palette.setColor(QPalette::ButtonText, sorted ? Theme::current().text : Theme::current().secondary);
            copy.state &= ~State_On;
            return QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        case CE_TabBarTabShape:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) return drawTab(*tab, *painter);
            break;
        case CE_MenuBarEmptyArea: return painter->fillRect(option->rect, Theme::current().window);
        case CE_MenuBarItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
                return drawMenuBarItem(*item, *painter, *this);
            break;
        default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const {
    if (control == CC_ScrollBar)
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return drawScrollBar(*bar, *painter, subControlRect(control, option, SC_ScrollBarSlider, widget));
    if (control == CC_ToolButton)
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button != nullptr && opensMenu(*button))
            return drawMenuButton(*button, *painter, *this, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    const QSize plain = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto* button = type == CT_ToolButton ? qstyleoption_cast<const QStyleOptionToolButton*>(option) : nullptr;
    return button != nullptr && opensMenu(*button) ? plain + QSize(kMenuArrow, 0) : plain;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                            const QWidget* widget) const {
    const auto* bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider*>(option) : nullptr;
    if (bar == nullptr) return QProxyStyle::subControlRect(control, option, sub, widget);
    // No arrow buttons: the groove is the whole bar.
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    const int thumb = range <= 0 ? length
                                 : std::clamp(int(qint64(length) * bar->pageStep / (range + bar->pageStep)),
                                              std::min(28, length), length);
    const int at =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb, bar->upsideDown);
    const auto slice = [&](int from, int size) {
        return across ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
                      : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size);
    };
    switch (sub) {
        case SC_ScrollBarGroove: return bar->rect;
        case SC_ScrollBarSlider: return slice(at, thumb);
        case SC_ScrollBarSubPage: return slice(0, at);
        case SC_ScrollBarAddPage: return slice(at + thumb, length - at - thumb);
        default: return {};
    }
}

}  // namespace weir::ui
