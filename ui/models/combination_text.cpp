// One place for the wording of sign words, so that all panels use the same.
#include "ui/models/combination_text.h"

#include "ui/text/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace weir::ui {

QString signsText(rules::Word word, const rules::RuleSet& set) {
    if (word == 0) return QCoreApplication::translate("Combination", "no sign");
    return fromUtf8(rules::signNamesOf(word, set.signNames));
}

QString wordCount(const rules::Check& check, std::uint64_t words) {
    return check.counted || words == 0 ? count(words) : QCoreApplication::translate("Combination", "some");
}

bool isProvenNever(const rules::Check& check, std::uint64_t words) { return words == 0 && check.open == 0; }

std::vector<std::uint16_t> claimingClasses(const session::Judgement& judgement, rules::Word word) {
    const auto& set = judgement.parsed.set;
    std::vector<std::uint16_t> out;
    for (const auto rule : rules::matchingRules(set, word)) {
        const auto c = set.rules[rule].classIndex;
        if (std::ranges::find(out, c) == out.end()) out.push_back(c);
    }
    std::ranges::sort(out, {}, [&](std::uint16_t c) { return c < set.rank.size() ? set.rank[c] : c; });
    return out;
}

QString rulesText(const rules::RuleSet& set, const std::vector<std::uint16_t>& matching) {
    if (matching.empty()) return QStringLiteral("–");
    QStringList names;
    bool oneClass = true;
    for (const auto rule : matching) {
        names << fromUtf8(set.rules[rule].name);
        oneClass = oneClass && set.rules[rule].classIndex == set.rules[matching.front()].classIndex;
    }
    return names.join(oneClass ? QStringLiteral(", ") : QStringLiteral(" ∧ "));
}

QString rulesText(const session::Judgement& judgement, rules::Word word) {
    const auto& set = judgement.parsed.set;
    return rulesText(set, rules::matchingRules(set, word));
}

QString classesText(const session::Judgement& judgement, const std::vector<std::uint16_t>& classes) {
    if (classes.empty()) return fromUtf8(judgement.className(classify::kOther));
    QStringList names;
    for (const auto c : classes) names << fromUtf8(judgement.className(c));
    return names.join(QStringLiteral(" ∧ "));
}

}  // namespace weir::ui
