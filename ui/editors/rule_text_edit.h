// The rule text editor with gutter, diagnostics, hint and completion. It is independent of the project: text, marks and
// diagnostics are set from outside.
#pragma once

#include "core/base/diagnostic.h"
#include "ui/editors/rule_marks.h"
#include "ui/editors/source_text.h"

#include <QPlainTextEdit>

#include <optional>
#include <vector>

namespace weir::ui {

class EditorHint;
class RuleCompleter;
class RuleFolds;
class RuleGutter;
class RuleHighlighter;

/// GUI thread only. Undo and redo are only signalled; the owner of the text performs them.
class RuleTextEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit RuleTextEdit(QWidget* parent = nullptr);

    /// Sets the text, replacing only the part that differs; if the editor has the focus, the cursor moves to the
    /// change. Does not emit textEdited(). Line ends and blanks that the editor cannot show are preserved.
    void setText(const QString& text);
    /// Sets the marks of the current text, one per line.
    void setMarks(std::vector<LineMark> marks);
    const std::vector<LineMark>& marks() const { return marks_; }
    void setDiagnostics(const Diagnostics& diagnostics);
    /// Shows a problem that has no position in the text (a file that cannot be read), until the next edit.
    void setNotice(const QString& reason);
    /// Text of the hint; empty = no hint.
    QString hintText() const;
    /// Applies the fix that the hint offers. Returns false when there is none.
    bool applyFix();
    /// Asks for a new name of the rule or class at the cursor and changes it everywhere.
    void renameAtCursor();
    void completeAtCursor();
    /// Comments out the lines of the selection, or uncomments them.
    void toggleComment();
    RuleFolds& folds() const { return *folds_; }
    /// Sets the search matches to mark.
    void setFound(const QList<QTextCursor>& places);
    /// Rule name of the cursor's line; empty = none.
    QString currentRule() const;
    void goToLine(int line);  ///< from 1
    void showFirstClass();    ///< scrolls past long comments at the top

signals:
    void textEdited(const QString& text);  ///< by the user, a completion or a fix
    void currentRuleChanged(const QString& rule);
    void undoRequested();
    void redoRequested();
    void findRequested(bool replace);
    void findNextRequested(bool forward);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    friend class RuleGutter;
    void onTextChanged();
    void onCursorMoved();
    void placeGutter();
    void showExtraSelections();
    void showHint();
    const Diagnostic* hinted() const;
    bool handleKey(QKeyEvent* event);
    void restyle();

    RuleGutter* gutter_;
    RuleHighlighter* highlighter_;
    RuleCompleter* completer_;
    EditorHint* hint_;
    RuleFolds* folds_;
    QList<QTextCursor> found_;
    std::vector<LineMark> marks_;
    Diagnostics diagnostics_;
    QString notice_;
    SourceText text_;  ///< already reported
    QString currentRule_;
    bool putting_ = false;
};

}  // namespace weir::ui
