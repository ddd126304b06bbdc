// See rule_editor_legend.h.
#include "ui/views/rule_editor_legend.h"

#include "ui/editors/rule_gutter.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

RuleEditorLegend::RuleEditorLegend(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Bars in the gutter: edited and added lines since the saved iteration"));
    setToolTip(tr("Lines edited and added since the saved iteration"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize RuleEditorLegend::sizeHint() const {
    return {fontMetrics().horizontalAdvance(tr("edited") + tr("added")) + 34, fontMetrics().height() + 2};
}

void RuleEditorLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    int x = 2;
    const int bar = fontMetrics().ascent();
    const auto entry = [&](const QColor& color, const QString& text) {
        painter.fillRect(QRect(x, (height() - bar) / 2, 3, bar), color);
        painter.setPen(Theme::current().secondary);
        painter.drawText(QRect(x + 7, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += fontMetrics().horizontalAdvance(text) + 17;
    };
    entry(editedLineColour(), tr("edited"));
    entry(Theme::current().good, tr("added"));
}

}  // namespace weir::ui
