// See narrowing.h.
#include "ui/state/narrowing.h"

#include "core/session/rows/code_tally.h"
#include "ui/text/format.h"

#include <QRegularExpression>

#include <array>

namespace weir::ui {
namespace {

constexpr std::array kHeadings{"", "inbound", "outbound", "internal", "transit"};  ///< by Heading

/// True when putting the text beside `and` or behind `not` would change its meaning without parentheses.
bool needsParentheses(const QString& text, FilterMode mode) {
    static const QRegularExpression loose(QStringLiteral("\\b(or)\\b|\\|\\|"),
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression any(QStringLiteral("\\b(and|or)\\b|&&|\\|\\|"),
                                        QRegularExpression::CaseInsensitiveOption);
    return text.contains(mode == FilterMode::andNot ? any : loose);
}

QString wrapped(const QString& text, bool parentheses) { return parentheses ? u'(' + text + u')' : text; }

}  // namespace

QString combineFilters(const QString& old, const QString& added, FilterMode mode) {
    const QString a = old.trimmed();
    const QString b = added.trimmed();
    const QString tail =
        mode == FilterMode::andNot ? QStringLiteral("not ") + wrapped(b, needsParentheses(b, mode)) : b;
    if (mode == FilterMode::replace || a.isEmpty() || a == u"any") return tail;
    if (mode == FilterMode::orElse) return a == b ? a : a + QStringLiteral(" or ") + b;
    const QString more = mode == FilterMode::andNot ? tail : wrapped(b, needsParentheses(b, FilterMode::andAlso));
    if (more.isEmpty() || a == more ||
        (a.endsWith(QStringLiteral(" and ") + more) && !needsParentheses(a, FilterMode::andAlso)))
        return a;
    return wrapped(a, needsParentheses(a, FilterMode::andAlso)) + QStringLiteral(" and ") + more;
}

QString headingWord(Heading heading) { return QString::fromLatin1(kHeadings[std::size_t(heading)]); }

Heading headingOf(const QString& word) {
    for (std::size_t i = 0; i < kHeadings.size(); ++i)
        if (word == QLatin1String(kHeadings[i])) return Heading(i);
    return Heading::any;
}

session::Query Narrowing::query(session::Rows rows) const {
    session::Query q;
    q.rows = rows;
    q.filter =
        toUtf8(heading == Heading::any ? filter : combineFilters(filter, headingWord(heading), FilterMode::andAlso));
    if (times) {
        q.fromUs = times->first;
        q.toUs = times->second;
    }
    return q;
}

std::optional<session::Query> Narrowing::query(session::Rows rows, const score::Profile& profile) const {
    session::Query q = query(rows);
    if (codes.isEmpty()) return q;
    const auto word = wordOfCodes(profile, codes);
    if (!word) return {};
    q.filter =
        toUtf8(combineFilters(fromUtf8(q.filter), fromUtf8(session::codesFilter(profile, *word)), FilterMode::andAlso));
    return q;
}

QStringList codesOfWord(const score::Profile& profile, std::uint64_t word) {
    QStringList out;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if (word >> t & 1u) out << fromUtf8(profile.tests[t].code);
    return out;
}

std::optional<std::uint64_t> wordOfCodes(const score::Profile& profile, const QStringList& codes) {
    std::uint64_t word = 0;
    qsizetype found = 0;
    for (std::size_t t = 0; t < profile.tests.size(); ++t)
        if (codes.contains(fromUtf8(profile.tests[t].code))) {
            word |= std::uint64_t{1} << t;
            ++found;
        }
    return found == codes.size() && found > 0 ? std::optional(word) : std::nullopt;
}

}  // namespace weir::ui
