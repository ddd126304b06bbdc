// Finds tokens by statement; edits of a document go through one cursor, so that it reports one change.
#include "ui/editors/rule_edits.h"

#include "core/rules/text_edits.h"
#include "ui/editors/rule_tokens.h"
#include "ui/text/format.h"

#include <QStringList>
#include <QTextBlock>
#include <QTextCursor>

#include <algorithm>
#include <climits>

namespace weir::ui {
namespace {

RuleTokenKind tokenKindOf(const RuleName& what) {
    return what.kind == RuleName::rule ? RuleTokenKind::ruleName : RuleTokenKind::className;
}

int renameInLine(QTextCursor& edit, const QTextBlock& block, const RuleName& what, const QString& to) {
    const QString line = block.text();
    auto tokens = tokensOfRuleLine(line);
    int places = 0;
    for (auto t = tokens.rbegin(); t != tokens.rend(); ++t) {  // from the right: places on the left stay valid
        if (t->kind != tokenKindOf(what) || t->name(line) != what.name) continue;
        edit.setPosition(block.position() + t->start);
        edit.setPosition(block.position() + t->start + t->length, QTextCursor::KeepAnchor);
        edit.insertText(ruleWord(to));
        ++places;
    }
    return places;
}

}  // namespace

QString withSignAdded(const QString& text, const QString& rule, const QString& sign) {
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto tokens = tokensOfRuleLine(lines[i]);
        if (tokens.empty() || tokens.front().kind != RuleTokenKind::ruleName || tokens.front().name(lines[i]) != rule)
            continue;
        return fromUtf8(rules::withSign(toUtf8(text), std::size_t(i) + 1, toUtf8(sign)));
    }
    return text;
}

RuleName nameAt(const QTextDocument* document, int position) {
    const auto block = document->findBlock(position);
    if (!block.isValid()) return {};
    const QString line = block.text();
    const int column = position - block.position();
    for (const auto& t : tokensOfRuleLine(line)) {
        if (column < t.start || column > t.start + t.length) continue;
        if (t.kind == RuleTokenKind::ruleName) return {RuleName::rule, t.name(line)};
        if (t.kind == RuleTokenKind::className) return {RuleName::ruleClass, t.name(line)};
    }
    return {};
}

int renameEverywhere(QTextDocument* document, const RuleName& what, const QString& to) {
    if (what.kind == RuleName::none || to.isEmpty() || to == what.name) return 0;
    QTextCursor edit(document);
    edit.beginEditBlock();
    int places = 0;
    for (auto block = document->begin(); block.isValid(); block = block.next())
        places += renameInLine(edit, block, what, to);
    edit.endEditBlock();
    return places;
}

void toggleComments(const QTextCursor& selection) {
    const auto* document = selection.document();
    const auto first = document->findBlock(selection.selectionStart());
    auto last = document->findBlock(selection.selectionEnd());
    if (last != first && last.position() == selection.selectionEnd())
        last = last.previous();  // a selection of whole lines ends in front of the next one
    const auto each = [&](auto&& fn) {
        for (auto line = first; line.isValid() && line.blockNumber() <= last.blockNumber(); line = line.next())
            if (!line.text().trimmed().isEmpty()) fn(line, int(line.text().indexOf(line.text().trimmed().front())));
    };
    bool all = true;
    int margin = INT_MAX;
    each([&](const QTextBlock& line, int indent) {
        all = all && line.text()[indent] == u'#';
        margin = std::min(margin, indent);
    });
    QTextCursor edit(selection);
    edit.beginEditBlock();
    each([&](const QTextBlock& line, int indent) {
        edit.setPosition(line.position() + (all ? indent : margin));
        if (!all) {
            edit.insertText(QStringLiteral("# "));
            return;
        }
        const bool blank = line.text().size() > indent + 1 && line.text()[indent + 1] == u' ';
        edit.setPosition(line.position() + indent + (blank ? 2 : 1), QTextCursor::KeepAnchor);
        edit.removeSelectedText();
    });
    edit.endEditBlock();
}

int replaceText(QTextDocument* document, const QString& text) {
    const QString old = document->toPlainText();
    if (old == text) return -1;
    const auto shorter = std::min(old.size(), text.size());
    qsizetype head = 0, tail = 0;
    while (head < shorter && old[head] == text[head]) ++head;
    while (tail < shorter - head && old[old.size() - 1 - tail] == text[text.size() - 1 - tail]) ++tail;
    QTextCursor edit(document);
    edit.beginEditBlock();
    edit.setPosition(int(head));
    edit.setPosition(int(old.size() - tail), QTextCursor::KeepAnchor);
    edit.insertText(text.mid(head, text.size() - head - tail));
    edit.endEditBlock();
    return edit.position();
}

}  // namespace weir::ui
