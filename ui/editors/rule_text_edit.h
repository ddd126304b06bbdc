// The rule text with its gutter, diagnostics, hint and completion. Knows no project: it is given text, marks and
// diagnostics.
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

class RuleTextEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit RuleTextEdit(QWidget* parent = nullptr);

    /// Replaces what differs; with the focus here the cursor goes to the change. Emits no textEdited(). Line ends and
    /// blanks that the editor cannot show stay in the text.
    void setText(const QString& text);
    /// Beside the present text, line by line.
    void setMarks(std::vector<LineMark> marks);
    const std::vector<LineMark>& marks() const { return marks_; }
    void setDiagnostics(const Diagnostics& diagnostics);
    /// A reason that is about no place in the text (a file that cannot be read); gone with the next edit.
    void setNotice(const QString& reason);
    /// What the hint says now; empty = no hint.
    QString hintText() const;
    /// Applies the fix that the hint offers. False when it offers none.
    bool applyFix();
    /// Asks for a new name of the rule or class at the cursor and changes it everywhere.
    void renameAtCursor();
    void completeAtCursor();
    /// The lines of the selection become comments, or rules again.
    void toggleComment();
    RuleFolds& folds() const { return *folds_; }
    /// Places to mark, as a search finds them.
    void setFound(const QList<QTextCursor>& places);
    /// Rule name of the cursor's line; empty = none.
    QString currentRule() const;
    void goToLine(int line);  ///< from 1
    void showFirstClass();    ///< rules first: long comments scroll out at the top

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
