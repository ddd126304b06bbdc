// The editor widget: keys, diagnostics as wavy underlines, the cursor's line, and the positions of gutter and hint.
#include "ui/editors/rule_text_edit.h"

#include "ui/editors/editor_hint.h"
#include "ui/editors/rule_completer.h"
#include "ui/editors/rule_edits.h"
#include "ui/editors/rule_folds.h"
#include "ui/editors/rule_gutter.h"
#include "ui/editors/rule_highlighter.h"
#include "ui/editors/rule_tokens.h"
#include "ui/editors/text_position.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <QContextMenuEvent>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSet>
#include <QTextBlock>

#include <algorithm>

namespace weir::ui {

RuleTextEdit::RuleTextEdit(QWidget* parent)
    : QPlainTextEdit(parent), gutter_(new RuleGutter(*this)), highlighter_(new RuleHighlighter(document())),
      completer_(new RuleCompleter(this)), hint_(new EditorHint(viewport())), folds_(new RuleFolds(*this)) {
    setUndoRedoEnabled(false);  // the undo stack of the workbench stores the texts
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WordWrap);
    setTabChangesFocus(true);
    setAccessibleName(tr("Rule text"));
    connect(this, &QPlainTextEdit::textChanged, this, &RuleTextEdit::onTextChanged);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &RuleTextEdit::onCursorMoved);
    connect(this, &QPlainTextEdit::updateRequest, gutter_, [this](const QRect& area, int dy) {
        if (dy)
            gutter_->scroll(0, dy);
        else
            gutter_->update(0, area.y(), gutter_->width(), area.height());
        if (dy) showHint();
    });
    connect(folds_, &RuleFolds::changed, this, [this] {
        gutter_->update();
        showHint();
    });
    connect(hint_, &EditorHint::fixWanted, this, &RuleTextEdit::applyFix);
    restyle();
}

void RuleTextEdit::setText(const QString& text) {
    putting_ = true;
    text_.set(text);
    const int changed = replaceText(document(), text_.shown());
    putting_ = false;
    if (changed < 0 || !hasFocus()) return;
    auto cursor = textCursor();  // undo and redo show what they change
    cursor.setPosition(changed);
    setTextCursor(cursor);
    ensureCursorVisible();
}

void RuleTextEdit::setMarks(std::vector<LineMark> marks) {
    marks_ = std::move(marks);
    QSet<QString> dead;
    for (std::size_t i = 0; i < marks_.size(); ++i)
        if (marks_[i].mark == RuleMark::dead) dead << ruleNameOfLine(document()->findBlockByNumber(int(i)).text());
    highlighter_->setDeadRules(dead);
    placeGutter();
    gutter_->update();
}

void RuleTextEdit::setDiagnostics(const Diagnostics& diagnostics) {
    diagnostics_ = diagnostics;
    showExtraSelections();
    showHint();
}

void RuleTextEdit::setNotice(const QString& reason) {
    notice_ = reason;
    showHint();
}

QString RuleTextEdit::hintText() const { return hint_->isVisibleTo(this) ? hint_->plainText() : QString(); }

QString RuleTextEdit::currentRule() const { return ruleNameOfLine(textCursor().block().text()); }

void RuleTextEdit::goToLine(int line) {
    const auto block = document()->findBlockByNumber(line - 1);
    if (!block.isValid()) return;
    setTextCursor(QTextCursor(block));
    centerCursor();
}

void RuleTextEdit::showFirstClass() {
    for (auto block = document()->begin(); block.isValid(); block = block.next()) {
        const auto tokens = tokensOfRuleLine(block.text());
        if (tokens.empty() || tokens.front().in(block.text()) != u"class") continue;
        setTextCursor(QTextCursor(block));
        verticalScrollBar()->setValue(block.firstLineNumber());
        return;
    }
}

void RuleTextEdit::onTextChanged() {
    if (!putting_) {
        const QString shown = toPlainText();
        if (shown == text_.shown()) return;  // only formats changed
        text_.edit(shown);
    }
    notice_.clear();
    if (!putting_) emit textEdited(text_.source());
    if (completer_->isOpen()) completer_->completeHere();
}

void RuleTextEdit::onCursorMoved() {
    folds_->reveal(textCursor().block());
    showExtraSelections();
    showHint();
    gutter_->update();
    const QString rule = currentRule();
    if (rule == currentRule_) return;
    currentRule_ = rule;
    emit currentRuleChanged(rule);
}

void RuleTextEdit::showExtraSelections() {
    const auto& theme = Theme::current();
    QList<QTextEdit::ExtraSelection> all;
    QTextEdit::ExtraSelection line;
    line.format.setBackground(gutter_->currentLineColour());
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    all << line;
    for (const QTextCursor& place : std::as_const(found_)) {
        QTextEdit::ExtraSelection match;
        match.cursor = place;
        match.format.setBackground(theme.warningField);
        all << match;
    }
    for (const auto& d : diagnostics_) {
        QTextEdit::ExtraSelection wave;
        wave.cursor = cursorAt(document(), d);
        if (wave.cursor.isNull()) continue;
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(d.severity == Severity::error ? theme.error : theme.warning);
        wave.format.setToolTip(fromUtf8(d.message));
        all << wave;
    }
    setExtraSelections(all);
}

const Diagnostic* RuleTextEdit::hinted() const {
    const auto line = std::size_t(textCursor().blockNumber()) + 1;
    const auto here = std::ranges::find(diagnostics_, line, &Diagnostic::line);
    if (here != diagnostics_.end()) return &*here;
    const auto error = std::ranges::find(diagnostics_, Severity::error, &Diagnostic::severity);
    return error == diagnostics_.end() ? nullptr : &*error;
}

void RuleTextEdit::showHint() {
    if (!notice_.isEmpty())
        hint_->showNotice(notice_, cursorRect());
    else if (const auto* d = hinted())
        hint_->showFor(*d, cursorRect());
    else
        hint_->hide();
}

bool RuleTextEdit::applyFix() {
    const auto* d = hinted();
    if (!d || d->fix.empty()) return false;
    auto cursor = cursorAt(document(), *d);
    if (cursor.isNull()) return false;
    cursor.insertText(fromUtf8(d->fix));
    setTextCursor(cursor);
    return true;
}

void RuleTextEdit::toggleComment() { toggleComments(textCursor()); }

void RuleTextEdit::setFound(const QList<QTextCursor>& places) {
    found_ = places;
    showExtraSelections();
}

void RuleTextEdit::completeAtCursor() { completer_->completeHere(); }

void RuleTextEdit::renameAtCursor() {
    const auto what = nameAt(document(), textCursor().position());
    if (what.kind == RuleName::none) return;
    const QString title = what.kind == RuleName::rule ? tr("Rename rule") : tr("Rename class");
    const QString to =
        QInputDialog::getText(this, title, tr("New name of %1:").arg(what.name), QLineEdit::Normal, what.name)
            .trimmed();
    renameEverywhere(document(), what, to);
}

bool RuleTextEdit::handleKey(QKeyEvent* event) {
    const bool control = event->modifiers() == Qt::ControlModifier;
    if (control && event->key() == Qt::Key_Space) {
        completeAtCursor();
        return true;
    }
    if (control && event->key() == Qt::Key_Period) return applyFix();
    if (event->key() == Qt::Key_F2 && event->modifiers() == Qt::NoModifier) {
        renameAtCursor();
        return true;
    }
    if (control && event->key() == Qt::Key_Slash) {
        toggleComment();
        return true;
    }
    if (control && event->key() == Qt::Key_F) {
        emit findRequested(false);
        return true;
    }
    if (control && event->key() == Qt::Key_H) {
        emit findRequested(true);
        return true;
    }
    if (event->key() == Qt::Key_F3) {
        emit findNextRequested(!(event->modifiers() & Qt::ShiftModifier));
        return true;
    }
    if (control && event->key() == Qt::Key_BracketLeft) {
        folds_->toggleAtCursor();
        return true;
    }
    if (event->matches(QKeySequence::Undo)) {
        emit undoRequested();
        return true;
    }
    if (event->matches(QKeySequence::Redo)) {
        emit redoRequested();
        return true;
    }
    return false;
}

void RuleTextEdit::keyPressEvent(QKeyEvent* event) {
    if (completer_->isOpen()) {
        switch (event->key()) {
            case Qt::Key_Enter:
            case Qt::Key_Return:
            case Qt::Key_Escape:
            case Qt::Key_Tab:
            case Qt::Key_Backtab: event->ignore(); return;  // the completion list handles these keys
            default: break;
        }
    }
    if (handleKey(event))
        event->accept();
    else
        QPlainTextEdit::keyPressEvent(event);
}

bool RuleTextEdit::event(QEvent* event) {
    // Keys that the window also has: the editor's meaning wins while it has the focus.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool control = key->modifiers() == Qt::ControlModifier;
        if (control && (key->key() == Qt::Key_Space || key->key() == Qt::Key_Period)) {
            key->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void RuleTextEdit::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (auto* action : menu->actions()) {  // the document's own undo is off
        const bool undo = action->objectName() == QStringLiteral("edit-undo");
        if (!undo && action->objectName() != QStringLiteral("edit-redo")) continue;
        action->disconnect();
        action->setEnabled(true);
        connect(action, &QAction::triggered, this, undo ? &RuleTextEdit::undoRequested : &RuleTextEdit::redoRequested);
    }
    menu->addSeparator();
    setTextCursor(textCursor().hasSelection() ? textCursor() : cursorForPosition(event->pos()));
    const auto what = nameAt(document(), textCursor().position());
    auto* rename = menu->addAction(what.kind == RuleName::none ? tr("Rename…") : tr("Rename %1…").arg(what.name), this,
                                   &RuleTextEdit::renameAtCursor);
    rename->setShortcut(Qt::Key_F2);
    rename->setEnabled(what.kind != RuleName::none);
    const auto* d = hinted();
    auto* fix = menu->addAction(d && !d->fix.empty() ? tr("Change to %1").arg(fromUtf8(d->fix)) : tr("Apply fix"), this,
                                [this] { applyFix(); });
    fix->setShortcut(Qt::CTRL | Qt::Key_Period);
    fix->setEnabled(d && !d->fix.empty());
    menu->addSeparator();
    menu->addAction(tr("Find…"), this, [this] { emit findRequested(false); })->setShortcut(Qt::CTRL | Qt::Key_F);
    menu->addAction(tr("Replace…"), this, [this] { emit findRequested(true); })->setShortcut(Qt::CTRL | Qt::Key_H);
    menu->addAction(tr("Comment or uncomment"), this, &RuleTextEdit::toggleComment)
        ->setShortcut(Qt::CTRL | Qt::Key_Slash);
    menu->addSeparator();
    menu->addAction(tr("Fold or unfold class"), folds_, &RuleFolds::toggleAtCursor)
        ->setShortcut(Qt::CTRL | Qt::Key_BracketLeft);
    menu->addAction(tr("Fold all classes"), this, [this] { folds_->setAllFolded(true); });
    auto* unfold = menu->addAction(tr("Unfold all classes"), this, [this] { folds_->setAllFolded(false); });
    unfold->setEnabled(folds_->anyFolded());
    menu->popup(event->globalPos());
}

/// Behind the line of a folded class: how many rules it hides.
void RuleTextEdit::paintEvent(QPaintEvent* event) {
    QPlainTextEdit::paintEvent(event);
    if (!folds_->anyFolded()) return;
    const auto& theme = Theme::current();
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    for (auto block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        if (!block.isVisible()) continue;
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > event->rect().bottom()) break;
        if (!folds_->isFolded(block)) continue;
        const int rules = folds_->hiddenRules(block);
        const QString text = rules == 1 ? tr("… 1 rule") : tr("… %1 rules").arg(rules);
        const QFontMetrics metrics(font());
        const QRectF place(box.left() + document()->documentMargin() + metrics.horizontalAdvance(block.text()) +
                               metrics.averageCharWidth() * 2,
                           box.top() + 1, metrics.horizontalAdvance(text) + 12, metrics.height() - 1);
        painter.setPen(theme.rule);
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(place, 3, 3);
        painter.setPen(theme.secondary);
        painter.drawText(place, Qt::AlignCenter, text);
    }
}

void RuleTextEdit::placeGutter() {
    const int width = gutter_->sizeHint().width();
    if (viewportMargins().left() != width) setViewportMargins(width, 0, 0, 0);
    const auto area = contentsRect();
    gutter_->setGeometry(area.left(), area.top(), width, area.height());
}

void RuleTextEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
    showHint();
}

void RuleTextEdit::restyle() {
    const auto font = Theme::fixedFont();
    if (this->font() != font) setFont(font);
    document()->setDocumentMargin(4);
    highlighter_->rehighlight();
    showExtraSelections();
    showHint();
    placeGutter();
}

void RuleTextEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange) restyle();
}

}  // namespace weir::ui
