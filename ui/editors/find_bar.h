// Find and replace below a text: all matches are marked while typing.
#pragma once

#include <QList>
#include <QPlainTextEdit>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace weir::ui {

/// GUI thread only. Replacing all of a text is one edit of its document.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QPlainTextEdit& editor, QWidget* parent = nullptr);

    /// Opens the bar with the selection (if within one line) as the search text.
    void open(bool replace);
    void close();
    bool findNext();
    bool findPrevious();
    /// Replaces the selected match and moves to the next one.
    void replaceOne();
    /// Replaces all matches; returns their number.
    int replaceAll();

    QLineEdit& findField() const { return *find_; }
    QLineEdit& replaceField() const { return *replace_; }
    QString scope() const;  ///< "2 of 7", "no matches"

signals:
    /// Positions of all matches; empty when the bar is closed.
    void matchesChanged(const QList<QTextCursor>& matches);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Match {
        int from, to;
    };
    void search();
    bool go(bool forward);
    int chosen() const;  ///< index of the match that is selected, -1 = none
    void showScope();

    QPlainTextEdit& editor_;
    QLineEdit *find_, *replace_;
    QToolButton *previous_, *next_, *matchCase_, *wholeWord_, *one_, *all_;
    QLabel* count_;
    QWidget* replaceRow_;
    QList<Match> matches_;
};

}  // namespace weir::ui
