// See combination_filter.h. `sign X` is only true for one-way flows of the classified direction.
#include "ui/models/combination_filter.h"

#include "core/session/verbs/word_filter.h"
#include "ui/text/format.h"

#include <QStringList>

namespace weir::ui {
namespace {

QString joinedBy(const QStringList& parts, const QString& with) {
    return parts.size() == 1 ? parts.front() : QString(u'(' + parts.join(with) + u')');
}

QString filterOfClass(const session::Judgement& j, int classIndex, const std::vector<bool>& meeting) {
    QStringList parts;
    const auto& rules = j.parsed.set.rules;
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (rules[i].classIndex == classIndex && meeting[i])
            parts << u'(' + filterOfRule(rules[i], j.parsed.set) + u')';
    return joinedBy(parts, QStringLiteral(" or "));
}

}  // namespace

QString filterOfSigns(rules::Word require, rules::Word forbid, const rules::RuleSet& set) {
    return fromUtf8(session::signsFilter(require, forbid, set.signNames));
}

QString filterOfWord(rules::Word word, const rules::RuleSet& set) {
    return fromUtf8(session::wordFilter(word, set.signNames));
}

QString filterOfRule(const rules::Rule& rule, const rules::RuleSet& set) {
    return filterOfSigns(rule.must, rule.mustNot, set);
}

QString filterOfPair(const session::Judgement& judgement, int a, int b) {
    const auto& rules = judgement.parsed.set.rules;
    std::vector<bool> meeting(rules.size(), false);
    for (const auto& pair : judgement.check.conflicts) {
        const int x = rules[pair.a].classIndex, y = rules[pair.b].classIndex;
        if ((x == a && y == b) || (x == b && y == a)) meeting[pair.a] = meeting[pair.b] = true;
    }
    const QString left = filterOfClass(judgement, a, meeting), right = filterOfClass(judgement, b, meeting);
    return left.isEmpty() || right.isEmpty() || left == QStringLiteral("()")
               ? QString()
               : QString(left + QStringLiteral(" and ") + right);
}

}  // namespace weir::ui
