// By the visibility of blocks.
#include "ui/editors/rule_folds.h"

#include "ui/editors/rule_tokens.h"

#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>

namespace weir::ui {
namespace {

enum class LineKind { ruleLine, classLine, silent, other };  ///< silent: blank or comment

bool anyHidden(const QTextDocument& document) {
    for (auto line = document.begin(); line.isValid(); line = line.next())
        if (!line.isVisible()) return true;
    return false;
}

LineKind kindOf(const QTextBlock& line) {
    const QString text = line.text();
    const auto tokens = tokensOfRuleLine(text);
    if (tokens.empty() || tokens.front().kind == RuleTokenKind::comment) return LineKind::silent;
    if (tokens.front().kind == RuleTokenKind::ruleName) return LineKind::ruleLine;
    return tokens.front().in(text) == u"class" ? LineKind::classLine : LineKind::other;
}

}  // namespace

RuleFolds::RuleFolds(QPlainTextEdit& editor) : QObject(&editor), editor_(editor) {
    connect(editor.document(), &QTextDocument::contentsChange, this, [this](int position, int, int) {
        if (folded_) reveal(editor_.document()->findBlock(position));
    });
    connect(editor.document(), &QTextDocument::contentsChanged, this, &RuleFolds::repair);
}

/// The last rule of the class; invalid where it has none.
QTextBlock RuleFolds::lastOf(const QTextBlock& classLine) const {
    QTextBlock last;
    for (auto line = classLine.next(); line.isValid(); line = line.next()) {
        const LineKind kind = kindOf(line);
        if (kind == LineKind::ruleLine)
            last = line;
        else if (kind != LineKind::silent)
            break;
    }
    return last;
}

QTextBlock RuleFolds::classOf(QTextBlock line) const {
    for (; line.isValid(); line = line.previous()) {
        const LineKind kind = kindOf(line);
        if (kind == LineKind::classLine) return line;
        if (kind == LineKind::other) break;
    }
    return {};
}

bool RuleFolds::canFold(const QTextBlock& line) const {
    return line.isValid() && kindOf(line) == LineKind::classLine && lastOf(line).isValid();
}

bool RuleFolds::isFolded(const QTextBlock& line) const { return folded_ && canFold(line) && !line.next().isVisible(); }

int RuleFolds::hiddenRules(const QTextBlock& line) const {
    int rules = 0;
    for (auto hidden = line.next(); hidden.isValid() && !hidden.isVisible(); hidden = hidden.next())
        rules += kindOf(hidden) == LineKind::ruleLine;
    return rules;
}

void RuleFolds::setFolded(const QTextBlock& line, bool folded) {
    if (!canFold(line) || isFolded(line) == folded) return;
    const QTextBlock last = lastOf(line);
    QTextCursor cursor = editor_.textCursor();
    const int at = cursor.blockNumber();
    for (auto hidden = line.next(); hidden.isValid() && hidden.blockNumber() <= last.blockNumber();
         hidden = hidden.next())
        hidden.setVisible(!folded);
    folded_ = folded || anyHidden(*editor_.document());
    if (folded && at > line.blockNumber() && at <= last.blockNumber()) {
        cursor.setPosition(line.position() + line.length() - 1);
        editor_.setTextCursor(cursor);
    }
    relayOut();
}

void RuleFolds::setAllFolded(bool folded) {
    for (auto line = editor_.document()->begin(); line.isValid(); line = line.next()) setFolded(line, folded);
}

void RuleFolds::toggleAtCursor() {
    const QTextBlock line = classOf(editor_.textCursor().block());
    setFolded(line, !isFolded(line));
}

void RuleFolds::reveal(const QTextBlock& line) {
    if (!folded_ || !line.isValid()) return;
    if (!line.isVisible()) setFolded(classOf(line), false);
    if (!line.isVisible()) repair();
}

/// Shows lines that no folded class hides any more, because the class line was removed or commented out.
void RuleFolds::repair() {
    if (!folded_) return;
    bool lost = false, still = false;
    int hiddenTo = -1;  // number of the last line that the class above hides
    for (auto line = editor_.document()->begin(); line.isValid(); line = line.next()) {
        if (line.isVisible()) {
            hiddenTo = isFolded(line) ? lastOf(line).blockNumber() : -1;
            still = still || hiddenTo >= 0;
        } else if (line.blockNumber() > hiddenTo) {
            line.setVisible(true);
            lost = true;
        }
    }
    folded_ = still;
    if (lost) relayOut();
}

void RuleFolds::relayOut() {
    auto* document = editor_.document();
    document->markContentsDirty(0, document->characterCount());
    auto* layout = qobject_cast<QPlainTextDocumentLayout*>(document->documentLayout());
    if (layout) emit layout->documentSizeChanged(layout->documentSize());
    editor_.viewport()->update();
    emit changed();
}

}  // namespace weir::ui
