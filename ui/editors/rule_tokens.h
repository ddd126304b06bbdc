// The tokens of one line of a rule text and their kinds; used by highlighter, completion, marks and renaming.
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace weir::ui {

/// Kind of a token, as the highlighter colours it.
enum class RuleTokenKind { keyword, ruleName, className, sign, string, number, punctuation, comment, other };

/// Offsets count UTF-16 units of the line. A negated sign's token begins at its `!`.
struct RuleToken {
    RuleTokenKind kind = RuleTokenKind::other;
    int start = 0, length = 0;
    bool quoted = false, negated = false;
    QStringView in(QStringView line) const { return line.mid(start, length); }
    /// Without quotes and `!`.
    QString name(QStringView line) const;
};

/// Never fails: unknown words are `other`. Does not check whether the line is valid (the core's parser does).
std::vector<RuleToken> tokensOfRuleLine(QStringView line);

/// Name of the rule that the line states; empty when it states none.
QString ruleNameOfLine(QStringView line);

/// The kind of token that is valid at `column` of the line.
enum class RuleSlot { none, keyword, sign, className, filter };
RuleSlot slotAt(QStringView line, int column);

/// The name as rule texts write it: in quotes unless it is one plain word.
QString ruleWord(const QString& name);

}  // namespace weir::ui
