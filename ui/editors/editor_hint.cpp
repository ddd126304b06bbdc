// Message, place in the text and the key that applies the fix, in one line.
#include "ui/editors/editor_hint.h"

#include "ui/text/format.h"
#include "ui/theme.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace weir::ui {
namespace {

QString sentence(QString message) {
    if (!message.isEmpty()) message[0] = message[0].toUpper();
    const auto semicolon = message.indexOf(QStringLiteral("; did "));
    if (semicolon > 0) message.replace(semicolon, 6, QStringLiteral(". Did "));
    return message;
}

/// `x` of a message in the fixed font; the fix in the link colour.
QString rich(const QString& message, const QString& fix, const Theme& theme) {
    QString out;
    const auto parts = message.toHtmlEscaped().split(u'`');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i % 2 == 0)
            out += parts[i];
        else
            out += QStringLiteral("<span style=\"font-family:'%1';color:%2\">%3</span>")
                       .arg(Theme::fixedFont().family(), parts[i] == fix ? theme.accent.name() : theme.error.name(),
                            parts[i]);
    }
    return out;
}

}  // namespace

EditorHint::EditorHint(QWidget* viewport) : QLabel(viewport) {
    setTextFormat(Qt::RichText);
    setMargin(7);
    setWordWrap(false);
    hide();
    setAccessibleName(tr("Problem in the rule text"));
    connect(this, &QLabel::linkActivated, this, &EditorHint::fixWanted);
}

void EditorHint::showFor(const Diagnostic& d, const QRect& keepFree) {
    const auto& theme = Theme::current();
    const QString message = sentence(fromUtf8(d.message)), fix = fromUtf8(d.fix);
    const QString where = QStringLiteral("%1:%2").arg(d.line).arg(d.column);
    const QString key = fix.isEmpty() ? QString() : tr("Ctrl+. applies the fix");
    plain_ = message + u" (" + where + u')' + (key.isEmpty() ? QString() : u' ' + key);
    const QColor colour = d.severity == Severity::error ? theme.error : theme.warning;
    QString html = QStringLiteral("<span style=\"color:%1\">%2</span> <span style=\"color:%3\">(%4)</span>")
                       .arg(colour.name(), rich(message, fix, theme), theme.secondary.name(), where);
    if (!key.isEmpty())
        html += QStringLiteral(" <a href=\"fix\" style=\"color:%1;text-decoration:none\">%2</a>")
                    .arg(theme.secondary.name(), key);
    place(html, keepFree);
}

void EditorHint::showNotice(const QString& reason, const QRect& keepFree) {
    plain_ = reason;
    place(
        QStringLiteral("<span style=\"color:%1\">%2</span>").arg(Theme::current().error.name(), reason.toHtmlEscaped()),
        keepFree);
}

void EditorHint::place(const QString& html, const QRect& keepFree) {
    const auto room = parentWidget()->rect().adjusted(6, 6, -6, -6);
    if (html != text() || room.width() != laidOutFor_) layOut(html, room.width());  // several times a key
    QRect frame(room.right() - width(), room.bottom() - height(), width(), height());
    if (frame.adjusted(0, -2, 0, 2).intersects(QRect(0, keepFree.top(), room.right(), keepFree.height()))) {
        const int above = keepFree.top() - height() - 6, below = keepFree.bottom() + 6;
        frame.moveTop(above >= room.top() ? above : below);
    }
    move(frame.topLeft());
    setVisible(true);
    raise();
}

void EditorHint::layOut(const QString& html, int room) {
    laidOutFor_ = room;
    setWordWrap(false);
    setText(html);
    const QSize wanted = sizeHint();
    if (wanted.width() > room) {
        setWordWrap(true);
        setFixedSize(room, heightForWidth(room));
    } else {
        setFixedSize(wanted);
    }
}

void EditorHint::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) laidOutFor_ = -1;
    QLabel::changeEvent(event);
}

void EditorHint::paintEvent(QPaintEvent* event) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.rule);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.end();
    QLabel::paintEvent(event);
}

}  // namespace weir::ui
