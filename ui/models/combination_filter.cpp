// See combination_filter.h. `sign X` is only true for one-way flows of the classified direction.
#include "ui/models/combination_filter.h"

#include "core/signs/signs.h"
#include "ui/text/format.h"

#include <QStringList>

namespace weir::ui {
namespace {

QString joined(const QStringList& parts, const QString& with) {
    return parts.size() == 1 ? parts.front() : QString(u'(' + parts.join(with) + u')');
}

QString classFilter(const session::Judgement& j, int classIndex, const std::vector<bool>& meeting) {
    QStringList parts;
    const auto& rules = j.parsed.set.rules;
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (rules[i].classIndex == classIndex && meeting[i]) parts << u'(' + filterOfRule(rules[i]) + u')';
    return joined(parts, QStringLiteral(" or "));
}

}  // namespace

QString filterOfSigns(rules::Word require, rules::Word forbid) {
    QStringList parts;
    const auto names = session::signNames();
    if (require == 0) parts << QStringLiteral("inbound and oneway");
    for (std::size_t i = 0; i < names.size(); ++i)
        if (require >> i & 1) parts << QStringLiteral("sign ") + fromUtf8(names[i]);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (forbid >> i & 1) parts << QStringLiteral("not sign ") + fromUtf8(names[i]);
    return parts.join(QStringLiteral(" and "));
}

QString filterOfWord(rules::Word word) {
    rules::Word forbid = 0;
    for (std::size_t i = 0; i < session::signNames().size(); ++i) {
        const rules::Word bit = rules::Word{1} << i;
        if (!(word & bit) && signs::obeysExclusions(word | bit)) forbid |= bit;
    }
    return filterOfSigns(word, forbid);
}

QString filterOfRule(const rules::Rule& rule) { return filterOfSigns(rule.must, rule.mustNot); }

QString filterOfPair(const session::Judgement& judgement, int a, int b) {
    const auto& rules = judgement.parsed.set.rules;
    std::vector<bool> meeting(rules.size(), false);
    for (const auto& pair : judgement.check.conflicts) {
        const int x = rules[pair.a].classIndex, y = rules[pair.b].classIndex;
        if ((x == a && y == b) || (x == b && y == a)) meeting[pair.a] = meeting[pair.b] = true;
    }
    const QString left = classFilter(judgement, a, meeting), right = classFilter(judgement, b, meeting);
    return left.isEmpty() || right.isEmpty() || left == QStringLiteral("()") ? QString() : QString(left + QStringLiteral(" and ") + right);
}

}  // namespace weir::ui
