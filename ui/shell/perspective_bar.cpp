// See perspective_bar.h.
#include "ui/shell/perspective_bar.h"

#include "ui/shell/dock_host.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

PerspectiveBar::PerspectiveBar(DockHost& docks, QWidget* parent) : QTabBar(parent), docks_(docks) {
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Perspectives"));
    for (const Perspective& p : docks.perspectives()) {
        const int at = addTab(p.title);
        setTabToolTip(at, p.question + (p.key.isEmpty() ? QString() : QStringLiteral(" (") + p.key + u')'));
    }
    connect(&docks, &DockHost::perspectiveChanged, this, &PerspectiveBar::follow);
    connect(this, &QTabBar::tabBarClicked, this, [this](int index) {
        if (index >= 0 && isEnabled()) docks_.show(docks_.perspectives()[std::size_t(index)].id);
    });
    follow();
}

void PerspectiveBar::follow() {
    for (int i = 0; i < count(); ++i)
        if (docks_.perspectives()[std::size_t(i)].id == docks_.current()) setCurrentIndex(i);
    update();
}

QSize PerspectiveBar::tabSizeHint(int index) const {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return {QFontMetrics(bold).horizontalAdvance(tabText(index)) + 28, 28};
}

void PerspectiveBar::paintEvent(QPaintEvent*) {
    const Theme& t = Theme::current();
    QPainter painter(this);
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i);
        const bool on = docks_.perspectives()[std::size_t(i)].id == docks_.current();
        QFont f = font();
        f.setWeight(on ? QFont::DemiBold : QFont::Normal);
        painter.setFont(f);
        painter.setPen(on ? t.text : isEnabled() ? t.secondary : t.dim);
        painter.drawText(tab, Qt::AlignCenter, tabText(i));
        if (on) painter.fillRect(QRect(tab.left() + 8, tab.bottom() - 1, tab.width() - 16, 2), t.accent);
        if (on && hasFocus()) {
            painter.setPen(t.accent);
            painter.drawRect(tab.adjusted(4, 3, -5, -4));
        }
    }
}

}  // namespace weir::ui
