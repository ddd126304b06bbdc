// See conflict_pair_title.h.
#include "ui/views/conflict_pair_title.h"

#include "ui/delegates/cell_paint.h"
#include "ui/theme.h"

#include <QPainter>

namespace weir::ui {

ConflictPairTitle::ConflictPairTitle(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ConflictPairTitle::set(const QStringList& classes, const QString& counts) {
    classes_ = classes;
    counts_ = counts;
    setAccessibleName(classes.join(QStringLiteral(" × ")) + QStringLiteral(": ") + counts);
    setToolTip(accessibleName());
    update();
}

QSize ConflictPairTitle::sizeHint() const { return {200, fontMetrics().height() + 8}; }

void ConflictPairTitle::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.header);
    painter.fillRect(QRect(0, 0, width(), 1), theme.rule);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.rule);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(bold);
    const int countsWidth = fontMetrics().horizontalAdvance(counts_);
    const auto widthOf = [&](const QStringList& names) {
        int sum = 8;
        for (qsizetype i = 0; i < names.size(); ++i)
            sum +=
                14 + metrics.horizontalAdvance(names[i]) + (i ? metrics.horizontalAdvance(QStringLiteral("  ×  ")) : 0);
        return sum;
    };
    QStringList names = classes_;
    if (widthOf(names) + countsWidth + 24 > width())
        for (auto& name : names) name = Theme::classShortName(name);
    int x = 8;
    painter.setFont(bold);
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (i) {
            painter.setPen(theme.secondary);
            painter.drawText(QRect(x, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("  ×  "));
            x += metrics.horizontalAdvance(QStringLiteral("  ×  "));
        }
        paintSwatch(painter, x, rect(), Theme::classColor(classes_[i]));
        painter.setPen(theme.text);
        painter.drawText(QRect(x + 14, 0, width() - x - 14, height()), Qt::AlignLeft | Qt::AlignVCenter, names[i]);
        x += 14 + metrics.horizontalAdvance(names[i]);
    }
    painter.setFont(font());
    painter.setPen(theme.secondary);
    const QRect room(x + 12, 0, width() - x - 20, height());
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                     fontMetrics().elidedText(counts_, Qt::ElideRight, room.width()));
}

}  // namespace weir::ui
