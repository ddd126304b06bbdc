// Paints beside the visible blocks of the editor, at the positions that the editor gives.
#include "ui/editors/rule_gutter.h"

#include "ui/editors/rule_folds.h"
#include "ui/editors/rule_marks.h"
#include "ui/editors/rule_text_edit.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace weir::ui {
namespace {

QPainterPath diamond(const QRectF& r) {
    QPainterPath path;
    path.moveTo(r.center().x(), r.top());
    path.lineTo(r.right(), r.center().y());
    path.lineTo(r.center().x(), r.bottom());
    path.lineTo(r.left(), r.center().y());
    path.closeSubpath();
    return path;
}

void paintMeets(QPainter& p, const QRectF& box, const Theme& theme) {
    p.fillPath(diamond(box), theme.error);
    p.setPen(QPen(theme.surface, 1.4));
    p.drawLine(QPointF(box.center().x(), box.top() + box.height() * 0.26),
               QPointF(box.center().x(), box.top() + box.height() * 0.56));
    p.setBrush(theme.surface);
    p.setPen(Qt::NoPen);
    p.drawEllipse(QPointF(box.center().x(), box.top() + box.height() * 0.73), 0.8, 0.8);
}

void paintError(QPainter& p, const QRectF& box, const Theme& theme) {
    p.setPen(Qt::NoPen);
    p.setBrush(theme.error);
    p.drawEllipse(box);
    p.setPen(QPen(theme.surface, 1.4));
    const qreal d = box.width() * 0.19;
    p.drawLine(box.center() + QPointF(-d, -d), box.center() + QPointF(d, d));
    p.drawLine(box.center() + QPointF(-d, d), box.center() + QPointF(d, -d));
}

void paintDead(QPainter& p, const QRectF& box, const Theme& theme) {
    p.setPen(QPen(theme.dim, 1.2));
    p.setBrush(Qt::NoBrush);
    const auto ring = box.adjusted(1, 1, -1, -1);
    p.drawEllipse(ring);
    const qreal d = ring.width() * 0.34;
    p.drawLine(ring.center() + QPointF(-d, -d), ring.center() + QPointF(d, d));
}

QString flowsText(const LineMark& m) {
    if (m.rule < 0) return {};
    return m.mark == RuleMark::dead && m.flows == 0 ? RuleGutter::tr("dead") : count(m.flows);
}

}  // namespace

QColor editedLineColour() { return {0xE6, 0x9F, 0x00}; }

void paintRuleMark(QPainter& painter, RuleMark mark, const QRectF& where) {
    const auto& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (mark) {
        case RuleMark::meets: paintMeets(painter, where, theme); break;
        case RuleMark::error: paintError(painter, where, theme); break;
        case RuleMark::dead: paintDead(painter, where, theme); break;
        case RuleMark::canMeet:
            painter.setPen(QPen(theme.warning, 1.3));
            painter.setBrush(Qt::NoBrush);
            painter.drawPath(diamond(where.adjusted(0.7, 0.7, -0.7, -0.7)));
            break;
        case RuleMark::none: break;
    }
    painter.restore();
}

RuleGutter::RuleGutter(RuleTextEdit& editor) : QWidget(&editor), editor_(editor) {
    setAccessibleName(tr("Flows and marks of the rules"));
}

RuleGutter::Columns RuleGutter::columns() const {
    const QFontMetrics m(editor_.font());
    std::uint64_t most = 99'999;
    for (const auto& mark : editor_.marks()) most = std::max(most, mark.flows);
    Columns c{};
    const int digits = std::max(3, int(QString::number(editor_.blockCount()).size()));
    c.number = 6 + m.horizontalAdvance(QLatin1Char('0')) * digits;
    c.bar = c.number + 9;
    c.flows = c.bar + 6 + QFontMetrics(font()).horizontalAdvance(count(most));
    c.mark = c.flows + 18;
    c.fold = c.mark + 14;
    c.width = c.fold + 2;
    return c;
}

QSize RuleGutter::sizeHint() const { return {columns().width, 0}; }

QColor RuleGutter::currentLineColour() const {
    const auto& theme = Theme::current();
    const auto mix = [](int a, int b) { return (2 * a + b) / 3; };
    const QColor a = theme.surface, b = theme.selection;
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

void RuleGutter::paintLine(QPainter& painter, int line, const QRect& row, int fullHeight) {
    const auto& theme = Theme::current();
    const auto c = columns();
    const bool current = line == editor_.textCursor().blockNumber();
    if (current) painter.fillRect(row, currentLineColour());
    painter.setFont(editor_.font());
    painter.setPen(current ? theme.secondary : theme.dim);
    painter.drawText(QRect(0, row.top(), c.number, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(line + 1));
    if (std::size_t(line) >= editor_.marks().size()) return;
    const auto& mark = editor_.marks()[std::size_t(line)];
    if (mark.edit != LineEdit::same) {
        const QColor bar = mark.edit == LineEdit::added ? theme.good : editedLineColour();
        painter.fillRect(c.bar - 3, row.top(), 3, fullHeight, bar);
    }
    painter.setFont(font());
    painter.setPen(mark.mark == RuleMark::dead ? theme.dim : theme.secondary);
    painter.drawText(QRect(c.bar, row.top(), c.flows - c.bar, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                     flowsText(mark));
    const qreal size = 11;
    paintRuleMark(painter, mark.mark, QRectF(c.mark - 13, row.center().y() - size / 2 + 0.5, size, size));
}

void RuleGutter::paintFold(QPainter& painter, const QRectF& box, bool folded) const {
    QPainterPath path;
    const QPointF m = box.center();
    if (folded) {
        path.moveTo(m + QPointF(-2, -4));
        path.lineTo(m + QPointF(2.5, 0));
        path.lineTo(m + QPointF(-2, 4));
    } else {
        path.moveTo(m + QPointF(-4, -2));
        path.lineTo(m + QPointF(0, 2.5));
        path.lineTo(m + QPointF(4, -2));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().secondary, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.restore();
}

void RuleGutter::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.fillRect(event->rect(), Theme::current().surface);
    auto block = editor_.firstVisibleBlock();
    auto top = editor_.blockBoundingGeometry(block).translated(editor_.contentOffset()).top();
    while (block.isValid() && top <= event->rect().bottom()) {
        const auto height = editor_.blockBoundingRect(block).height();
        const int lines = std::max(1, block.lineCount());
        if (block.isVisible() && top + height >= event->rect().top()) {
            const QRect row(0, qRound(top), width(), qRound(height / lines));
            paintLine(painter, block.blockNumber(), row, qRound(height));
            if (editor_.folds().canFold(block))
                paintFold(painter, QRectF(columns().fold - 13, row.top(), 12, row.height()),
                          editor_.folds().isFolded(block));
        }
        top += height;
        block = block.next();
    }
}

int RuleGutter::lineAt(int y) const {
    const auto block = editor_.cursorForPosition(QPoint(0, y)).block();
    const auto bottom = editor_.blockBoundingGeometry(block).translated(editor_.contentOffset()).bottom();
    return y > bottom ? -1 : block.blockNumber();
}

bool RuleGutter::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int line = lineAt(help->pos().y());
    const bool known = line >= 0 && std::size_t(line) < editor_.marks().size();
    QToolTip::showText(help->globalPos(), known ? editor_.marks()[std::size_t(line)].help : QString(), this);
    return true;
}

void RuleGutter::mousePressEvent(QMouseEvent* event) {
    if (const int line = lineAt(int(event->position().y())); line >= 0) {
        const auto block = editor_.document()->findBlockByNumber(line);
        if (event->position().x() >= columns().mark && editor_.folds().canFold(block))
            return editor_.folds().setFolded(block, !editor_.folds().isFolded(block));
        editor_.setTextCursor(QTextCursor(editor_.document()->findBlockByNumber(line)));
        editor_.setFocus();
    }
}

void RuleGutter::wheelEvent(QWheelEvent* event) { QCoreApplication::sendEvent(editor_.viewport(), event); }

}  // namespace weir::ui
