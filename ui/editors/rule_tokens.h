// The words of one line of a rule text and what each is for: shared by highlighter, completion, marks and renaming.
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace weir::ui {

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

/// Never fails: what it cannot place is `other`. Says nothing about whether the line is right (the core's parser does).
std::vector<RuleToken> tokensOfRuleLine(QStringView line);

/// Name of the rule that the line states; empty when it states none.
QString ruleNameOfLine(QStringView line);

/// What could be written at `column` of the line.
enum class RuleSlot { none, keyword, sign, className, filter };
RuleSlot slotAt(QStringView line, int column);

/// The name as it must be written: in quotes when it is not one plain word.
QString ruleWord(const QString& name);

}  // namespace weir::ui
