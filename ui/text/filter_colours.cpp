// See filter_colours.h.
#include "ui/text/filter_colours.h"

#include "ui/theme.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <vector>

namespace weir::ui {
namespace {

using Ranges = QList<QTextLayout::FormatRange>;

QTextCharFormat inked(const QColor& color) {
    QTextCharFormat format;
    format.setForeground(color);
    return format;
}

void addWords(const QString& text, Ranges& out) {
    static const QRegularExpression token(QStringLiteral("(\"[^\"]*\"?)|([A-Za-z][A-Za-z0-9-]*)|(!(?!=))|(&&|\\|\\|)"));
    const Theme& t = Theme::current();
    const QTextCharFormat string = inked(t.string), negated = inked(t.negated), joint = inked(t.secondary);
    const QTextCharFormat name = inked(t.text), keyword = inked(t.keyword);
    bool afterName = false;  // the word behind `sign` or `rule` is a name, not a keyword
    for (auto it = token.globalMatch(text); it.hasNext();) {
        const auto m = it.next();
        const QStringView word = m.capturedView(2);
        const QTextCharFormat& format = m.hasCaptured(1)                                      ? string
                                        : m.hasCaptured(3) || word == u"not"                  ? negated
                                        : m.hasCaptured(4) || word == u"and" || word == u"or" ? joint
                                        : afterName                                           ? name
                                                                                              : keyword;
        out.push_back({int(m.capturedStart()), int(m.capturedLength()), format});
        afterName = word == u"sign" || word == u"rule" || word == u"flags";
    }
}

/// Of every byte of the text in UTF-8, and of its end: the character that it belongs to.
std::vector<int> charactersOfBytes(const QString& text) {
    std::vector<int> out;
    out.reserve(std::size_t(text.size()) + 1);
    for (int i = 0; i < int(text.size()); ++i) {
        const char16_t c = text[i].unicode();
        const bool half = text[i].isSurrogate();  // four bytes, two for each half
        out.insert(out.end(), c < 0x80 ? 1 : c < 0x800 || half ? 2 : 3, i);
    }
    out.push_back(int(text.size()));
    return out;
}

void addWaves(const QString& text, const Diagnostics& problems, Ranges& out) {
    if (problems.empty()) return;
    const std::vector<int> character = charactersOfBytes(text);
    QTextCharFormat wave;
    wave.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    wave.setUnderlineColor(Theme::current().error);
    for (const Diagnostic& d : problems) {
        const std::size_t first = std::min(d.column - 1, character.size() - 1);
        const int from = character[first];
        const int to = std::max(from + 1, character[std::min(first + d.length, character.size() - 1)]);
        if (from < text.size()) out.push_back({from, to - from, wave});
    }
}

}  // namespace

QList<QTextLayout::FormatRange> filterColours(const QString& text, const Diagnostics& problems) {
    Ranges out;
    addWords(text, out);
    addWaves(text, problems, out);
    return out;
}

}  // namespace weir::ui
