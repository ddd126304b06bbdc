// See source_text.h.
#include "ui/editors/source_text.h"

#include <QList>

#include <algorithm>

namespace weir::ui {
namespace {

/// Characters that QTextDocument does not give back as they were.
bool isChanged(QChar c) {
    return c == QChar::Nbsp || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator ||
           c == QChar(0xfdd0) || c == QChar(0xfdd1);
}

bool isCrLf(const QString& text, qsizetype at) {
    return text[at] == u'\r' && at + 1 < text.size() && text[at + 1] == u'\n';
}

QString shownOf(const QString& source) {
    QString out;
    out.reserve(source.size());
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (isCrLf(source, i)) continue;
        out += isChanged(source[i]) ? QChar(u' ') : source[i];
    }
    return out;
}

/// Place in the source of a place in its shown text.
qsizetype sourcePlace(const QString& source, qsizetype shownPlace) {
    qsizetype at = 0;
    for (; shownPlace > 0; --shownPlace) at += isCrLf(source, at) ? 2 : 1;
    return at;
}

/// Joins two pieces so that a carriage return that was shown as a blank does not become half of a line end.
QString joined(QString left, const QString& right) {
    if (left.endsWith(u'\r') && right.startsWith(u'\n')) left.back() = u' ';
    return left + right;
}

/// The source with one span replaced, so that it shows `now` instead of `was`.
QString spliced(const QString& source, const QString& was, const QString& now, const QString& lineEnd) {
    const auto shorter = std::min(was.size(), now.size());
    qsizetype head = 0, tail = 0;
    while (head < shorter && was[head] == now[head]) ++head;
    while (tail < shorter - head && was[was.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;
    QString fresh = now.mid(head, now.size() - head - tail);
    if (lineEnd.size() > 1) fresh.replace(u'\n', lineEnd);
    return joined(source.left(sourcePlace(source, head)),
                  joined(fresh, source.mid(sourcePlace(source, was.size() - tail))));
}

/// Pieces of the source between the line ends of its shown text, and the line ends.
struct Lines {
    QList<QString> bodies, ends;
};

Lines linesOf(const QString& source) {
    Lines out;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < source.size(); ++i) {
        const bool two = isCrLf(source, i);
        if (!two && source[i] != u'\n') continue;
        out.bodies << source.mid(begin, i - begin);
        out.ends << (two ? QStringLiteral("\r\n") : QStringLiteral("\n"));
        i += two;
        begin = i + 1;
    }
    out.bodies << source.mid(begin);
    out.ends << QString();
    return out;
}

}  // namespace

void SourceText::set(const QString& source) {
    source_ = source;
    shown_ = shownOf(source);
}

void SourceText::edit(const QString& shown) {
    if (shown == shown_) return;
    const Lines lines = linesOf(source_);
    const QString lineEnd = lines.ends.front().isEmpty() ? QStringLiteral("\n") : lines.ends.front();
    const QList<QString> before = shown_.split(u'\n'), after = shown.split(u'\n');
    const QString last = shown_;
    shown_ = shown;
    if (before.size() != after.size()) {
        source_ = spliced(source_, last, shown, lineEnd);
        return;
    }
    // Line by line: renaming or commenting changes many places at once.
    source_.clear();
    for (qsizetype i = 0; i < after.size(); ++i)
        source_ +=
            joined(before[i] == after[i] ? lines.bodies[i] : spliced(lines.bodies[i], before[i], after[i], lineEnd),
                   lines.ends[i]);
}

}  // namespace weir::ui
