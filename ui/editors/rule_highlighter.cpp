// Maps token kinds to the theme's syntax colours.
#include "ui/editors/rule_highlighter.h"

#include "ui/editors/rule_tokens.h"
#include "ui/theme.h"

#include <QTextBlock>
#include <QTextDocument>

namespace weir::ui {

RuleHighlighter::RuleHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

void RuleHighlighter::setDeadRules(const QSet<QString>& rules) {
    if (rules == dead_) return;
    const auto before = std::exchange(dead_, rules);
    for (auto block = document()->begin(); block.isValid(); block = block.next()) {
        const auto name = ruleNameOfLine(block.text());
        if (!name.isEmpty() && before.contains(name) != dead_.contains(name)) rehighlightBlock(block);
    }
}

void RuleHighlighter::highlightBlock(const QString& text) {
    const auto& theme = Theme::current();
    const auto tokens = tokensOfRuleLine(text);
    const bool dead =
        !tokens.empty() && tokens.front().kind == RuleTokenKind::ruleName && dead_.contains(tokens.front().name(text));
    for (const auto& t : tokens) {
        if (t.kind == RuleTokenKind::comment)
            setFormat(t.start, t.length, theme.comment);
        else if (dead)
            setFormat(t.start, t.length, theme.dim);
        else if (t.kind == RuleTokenKind::keyword)
            setFormat(t.start, t.length, theme.keyword);
        else if (t.quoted)
            setFormat(t.start, t.length, theme.string);
        else if (t.negated)
            setFormat(t.start, t.length, theme.negated);
    }
}

}  // namespace weir::ui
