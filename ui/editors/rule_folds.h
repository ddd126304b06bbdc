// Classes of a rule text folded to their first line.
#pragma once

#include <QObject>
#include <QTextBlock>

class QPlainTextEdit;

namespace weir::ui {

/// Hides lines of the editor without changing the text. A class folds from its line to its last rule. Lines that an
/// edit, a search or the cursor reaches are unfolded.
class RuleFolds final : public QObject {
    Q_OBJECT
public:
    explicit RuleFolds(QPlainTextEdit& editor);

    /// The line is a class line with rules below it.
    bool canFold(const QTextBlock& line) const;
    bool isFolded(const QTextBlock& line) const;
    /// Number of rules that the folded line hides.
    int hiddenRules(const QTextBlock& line) const;
    void setFolded(const QTextBlock& line, bool folded);
    void setAllFolded(bool folded);
    bool anyFolded() const { return folded_; }
    /// Folds or unfolds the class of the cursor's line.
    void toggleAtCursor();
    /// Makes the line visible, unfolding its class if needed.
    void reveal(const QTextBlock& line);

signals:
    void changed();

private:
    QTextBlock lastOf(const QTextBlock& classLine) const;
    QTextBlock classOf(QTextBlock line) const;
    void repair();
    void relayOut();

    QPlainTextEdit& editor_;
    bool folded_ = false;  ///< some class is
};

}  // namespace weir::ui
