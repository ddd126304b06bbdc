// Fills the list from the slot at the cursor; the sign registry gives each sign's one-line help.
#include "ui/editors/rule_completer.h"

#include "core/flow/filter_words.h"
#include "core/session/evidence/judge.h"
#include "core/signs/sign_family.h"
#include "ui/editors/rule_tokens.h"
#include "ui/text/format.h"

#include <QAbstractItemView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

#include <array>

namespace weir::ui {
namespace {

struct Statement {
    const char16_t* word;
    const char* help;
};
constexpr std::array<Statement, 7> kCompletedStatements{{
    {u"class", QT_TRANSLATE_NOOP("RuleCompleter", "begins a class; its rules follow")},
    {u"never", QT_TRANSLATE_NOOP("RuleCompleter", "never A with B: the signs exclude each other")},
    {u"one-of", QT_TRANSLATE_NOOP("RuleCompleter", "exactly one of these signs holds")},
    {u"order", QT_TRANSLATE_NOOP("RuleCompleter", "which class gets a flow that several classes match")},
    {u"assert", QT_TRANSLATE_NOOP("RuleCompleter", "assert SIGNS is CLASS: a test of the rule set")},
    {u"sign", QT_TRANSLATE_NOOP("RuleCompleter", "sign NAME = FILTER: a user sign")},
    {u"name", QT_TRANSLATE_NOOP("RuleCompleter", "name of the rule set")},
}};

/// Filter terms that a user sign may use: none that depend on rules, scores or marks.
std::vector<RuleCompletion> filterCompletions() {
    using enum flow::WordRole;
    std::vector<RuleCompletion> words;
    for (const flow::FilterWord& word : flow::filterWords()) {
        const bool judged = word.role == wordTerm || word.role == code || word.role == points || word.role == tag ||
                            word.role == later || (word.role == namedWordTerm && word.text != "sign");
        if (!judged)
            words.push_back({fromUtf8(word.text), fromUtf8(word.form) + QStringLiteral(": ") + fromUtf8(word.help)});
    }
    return words;
}

std::vector<RuleCompletion> signCompletions() {
    std::vector<RuleCompletion> out;
    for (const auto& sign : signs::oneWay().defs) out.push_back({fromUtf8(sign.id), fromUtf8(sign.help)});
    return out;
}

}  // namespace

QStringList declaredClasses(const QString& text) {
    QStringList out;
    for (const auto& line : text.split(u'\n')) {
        const auto tokens = tokensOfRuleLine(line);
        if (tokens.size() > 1 && tokens[0].in(line) == u"class" && tokens[1].kind == RuleTokenKind::className) {
            const auto name = ruleWord(tokens[1].name(line));
            if (!out.contains(name)) out << name;
        }
    }
    return out;
}

QList<std::pair<QString, QString>> declaredSigns(const QString& text) {
    QList<std::pair<QString, QString>> out;
    for (const QString& line : text.split(u'\n')) {
        const auto tokens = tokensOfRuleLine(line);
        const auto equals = line.indexOf(u'=');
        if (tokens.size() > 1 && tokens[0].in(line) == u"sign" && equals > tokens[1].start)
            out.push_back({ruleWord(tokens[1].name(line)), line.mid(equals + 1).trimmed()});
    }
    return out;
}

std::vector<RuleCompletion> ruleCompletions(const QString& line, int column, const QStringList& classes,
                                            const QList<std::pair<QString, QString>>& userSigns) {
    std::vector<RuleCompletion> out;
    switch (slotAt(line, column)) {
        case RuleSlot::filter: return filterCompletions();
        case RuleSlot::sign:
            out = signCompletions();
            for (const auto& [name, filter] : userSigns) out.push_back({name, filter});
            break;
        case RuleSlot::className:
            for (const auto& name : classes) out.push_back({name, {}});
            break;
        case RuleSlot::keyword:
            for (const auto& s : kCompletedStatements)
                out.push_back({QString::fromUtf16(s.word), QCompleter::tr(s.help)});
            break;
        case RuleSlot::none: break;
    }
    return out;
}

RuleCompleter::RuleCompleter(QPlainTextEdit* editor)
    : QCompleter(editor), editor_(editor), items_(new QStandardItemModel(0, 1, this)) {
    setModel(items_);
    setWidget(editor);
    setCaseSensitivity(Qt::CaseInsensitive);
    setCompletionMode(QCompleter::PopupCompletion);
    setMaxVisibleItems(12);
    popup()->setAccessibleName(tr("Completions"));
    connect(this, QOverload<const QString&>::of(&QCompleter::activated), this, &RuleCompleter::accept);
}

bool RuleCompleter::isOpen() const { return popup()->isVisible(); }

RuleCompleter::Word RuleCompleter::wordAtCursor() const {
    const auto cursor = editor_->textCursor();
    const QString line = cursor.block().text();
    const int column = cursor.positionInBlock();
    Word word{column, column, {}};
    for (const auto& t : tokensOfRuleLine(line)) {
        const int from = t.start + (t.negated ? 1 : 0), to = t.start + t.length;
        if (column < from || column > to || t.kind == RuleTokenKind::punctuation || t.kind == RuleTokenKind::comment)
            continue;
        word = {from, to, line.mid(from, column - from)};
    }
    return word;
}

void RuleCompleter::fill() {
    items_->clear();
    const auto cursor = editor_->textCursor();
    const QString text = editor_->toPlainText();
    for (const auto& c :
         ruleCompletions(cursor.block().text(), cursor.positionInBlock(), declaredClasses(text), declaredSigns(text))) {
        auto* item = new QStandardItem(c.text);
        item->setToolTip(c.help);
        items_->appendRow(item);
    }
}

void RuleCompleter::completeHere() {
    fill();
    setCompletionPrefix(wordAtCursor().typed);
    if (completionCount() == 0) {
        popup()->hide();
        return;
    }
    auto place = editor_->cursorRect();
    place.translate(editor_->viewport()->pos());
    place.setWidth(popup()->sizeHintForColumn(0) + popup()->verticalScrollBar()->sizeHint().width() + 12);
    complete(place);
    popup()->setCurrentIndex(completionModel()->index(0, 0));
}

void RuleCompleter::accept(const QString& text) {
    const auto word = wordAtCursor();
    auto cursor = editor_->textCursor();
    const int base = cursor.block().position();
    cursor.setPosition(base + word.from);
    cursor.setPosition(base + word.to, QTextCursor::KeepAnchor);
    cursor.insertText(text);
    editor_->setTextCursor(cursor);
}

}  // namespace weir::ui
