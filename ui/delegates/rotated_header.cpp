// See rotated_header.h. Paints all sections itself, so that upright and level ones look alike.
#include "ui/delegates/rotated_header.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace weir::ui {

RotatedHeader::RotatedHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setSectionsClickable(true);
    setHighlightSections(false);
    setSortIndicatorShown(false);
    setMinimumSectionSize(16);
    setAccessibleName(tr("Columns"));
}

void RotatedHeader::setUpright(int first, int count, int ruleBefore) {
    first_ = first;
    count_ = count;
    ruleBefore_ = ruleBefore;
    updateGeometry();
    viewport()->update();
}

SignWish RotatedHeader::wish(int section) const {
    if (!upright(section)) return SignWish::any;
    const int bit = section - first_;
    if (required_ >> bit & 1) return SignWish::require;
    return forbidden_ >> bit & 1 ? SignWish::forbid : SignWish::any;
}

void RotatedHeader::setWish(int section, SignWish wish) {
    if (!upright(section) || wish == this->wish(section)) return;
    const quint64 bit = quint64{1} << (section - first_);
    required_ = wish == SignWish::require ? required_ | bit : required_ & ~bit;
    forbidden_ = wish == SignWish::forbid ? forbidden_ | bit : forbidden_ & ~bit;
    viewport()->update();
    emit wishChanged(section, wish);
}

void RotatedHeader::clearWishes() {
    for (int i = 0; i < count_; ++i) setWish(first_ + i, SignWish::any);
}

void RotatedHeader::turn(int section) {
    switch (wish(section)) {
        case SignWish::any: setWish(section, SignWish::require); break;
        case SignWish::require: setWish(section, SignWish::forbid); break;
        case SignWish::forbid: setWish(section, SignWish::any); break;
    }
}

QString RotatedHeader::textOf(int section) const {
    return model() ? model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString() : QString();
}

bool RotatedHeader::isMarked(int section) const {
    return model() && model()->headerData(section, Qt::Horizontal, kToneRole).toInt() == int(Tone::warning);
}

QSize RotatedHeader::sizeHint() const {
    int height = fontMetrics().height() + 6;
    for (int i = 0; i < count_; ++i)
        height = std::max(height, fontMetrics().horizontalAdvance(textOf(first_ + i)) + 12);
    return {QHeaderView::sizeHint().width(), height};
}

QSize RotatedHeader::sectionSizeFromContents(int section) const {
    if (upright(section)) return {18, sizeHint().height()};
    const int arrow = isSortIndicatorShown() ? fontMetrics().horizontalAdvance(QStringLiteral(" ▾")) : 0;
    return {fontMetrics().horizontalAdvance(textOf(section)) + arrow + 14, fontMetrics().height() + 6};
}

void RotatedHeader::paintUpright(QPainter& painter, const QRect& rect, int section) const {
    const auto& theme = Theme::current();
    const auto wanted = wish(section);
    if (wanted != SignWish::any) painter.fillRect(rect, theme.selection);
    QFont font = this->font();
    if (wanted != SignWish::any) font.setWeight(QFont::DemiBold);
    font.setStrikeOut(wanted == SignWish::forbid);
    painter.setFont(font);
    painter.setPen(wanted == SignWish::forbid    ? theme.negated
                   : wanted == SignWish::require ? theme.text
                   : isMarked(section)           ? theme.warning
                                                 : theme.secondary);
    painter.translate(rect.left(), rect.bottom());
    painter.rotate(-90);
    painter.drawText(QRect(5, 0, rect.height() - 6, rect.width()), Qt::AlignLeft | Qt::AlignVCenter, textOf(section));
}

void RotatedHeader::paintLevel(QPainter& painter, const QRect& rect, int section) const {
    const auto& theme = Theme::current();
    const auto align = Qt::Alignment(model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt()) &
                       Qt::AlignHorizontal_Mask;
    QString text = textOf(section);
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    if (sorted) text += sortIndicatorOrder() == Qt::DescendingOrder ? QStringLiteral(" ▾") : QStringLiteral(" ▴");
    painter.setFont(font());
    painter.setPen(sorted ? theme.text : theme.secondary);
    const auto room = rect.adjusted(6, 0, -6, count_ > 0 ? -4 : 0);
    painter.drawText(room, int(align) | (count_ > 0 ? Qt::AlignBottom : Qt::AlignVCenter),
                     QFontMetrics(font()).elidedText(text, Qt::ElideRight, room.width() + 1));
}

void RotatedHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    if (!rect.isValid() || !model()) return;
    const auto& theme = Theme::current();
    painter->save();
    painter->fillRect(rect, theme.header);
    painter->save();
    if (upright(section))
        paintUpright(*painter, rect, section);
    else
        paintLevel(*painter, rect, section);
    painter->restore();
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.rule);
    if (section == ruleBefore_) painter->fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), theme.rule);
    painter->restore();
}

void RotatedHeader::mousePressEvent(QMouseEvent* event) {
    pressed_ = event->button() == Qt::LeftButton ? logicalIndexAt(event->position().toPoint()) : -1;
    if (!upright(pressed_)) QHeaderView::mousePressEvent(event);
}

void RotatedHeader::mouseReleaseEvent(QMouseEvent* event) {
    const int section = logicalIndexAt(event->position().toPoint());
    if (upright(pressed_)) {
        if (section == pressed_ && sectionsClickable()) turn(section);
    } else {
        QHeaderView::mouseReleaseEvent(event);
    }
    pressed_ = -1;
}

}  // namespace weir::ui
