// See filter_highlighter.h.
#include "ui/text/filter_highlighter.h"

#include "ui/theme.h"

#include <QRegularExpression>

#include <algorithm>

namespace weir::ui {

void FilterHighlighter::setProblems(const Diagnostics& problems) {
    problems_ = problems;
    rehighlight();
}

void FilterHighlighter::highlightBlock(const QString& text) {
    static const QRegularExpression token(QStringLiteral("(\"[^\"]*\"?)|([A-Za-z][A-Za-z0-9-]*)|(!(?!=))|(&&|\\|\\|)"));
    static const QStringList joints = {QStringLiteral("and"), QStringLiteral("or")};
    const Theme& t = Theme::current();
    bool afterName = false;   // the word behind `sign` or `rule` is a name, not a keyword
    for (auto it = token.globalMatch(text); it.hasNext();) {
        const auto m = it.next();
        const QString word = m.captured(2);
        QTextCharFormat format;
        if (m.hasCaptured(1)) format.setForeground(t.string);
        else if (m.hasCaptured(3) || word == u"not") format.setForeground(t.negated);
        else if (m.hasCaptured(4) || joints.contains(word)) format.setForeground(t.secondary);
        else format.setForeground(afterName ? t.text : t.keyword);
        setFormat(int(m.capturedStart()), int(m.capturedLength()), format);
        afterName = word == u"sign" || word == u"rule" || word == u"flags";
    }
    const QByteArray bytes = text.toUtf8();
    for (const Diagnostic& d : problems_) {
        const qsizetype from = QString::fromUtf8(bytes.left(qsizetype(d.column) - 1)).size();
        const qsizetype length = std::max<qsizetype>(1, QString::fromUtf8(bytes.mid(qsizetype(d.column) - 1, qsizetype(d.length))).size());
        for (qsizetype i = from; i < std::min(from + length, text.size()); ++i) {
            QTextCharFormat wavy = format(int(i));
            wavy.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            wavy.setUnderlineColor(t.error);
            setFormat(int(i), 1, wavy);
        }
    }
}

}  // namespace weir::ui
