// Completion in the rule editor: sign names after a rule's colon, class names after `class` and `order`, statements at
// a line's start.
#pragma once

#include <QCompleter>
#include <QString>
#include <QStringList>

#include <vector>

class QPlainTextEdit;
class QStandardItemModel;

namespace weir::ui {

/// One entry of the completion list.
struct RuleCompletion {
    QString text, help;
};
/// Completions that are valid at `column` of `line`. `classes` = the names that the text declares, quoted where
/// necessary. `userSigns`: names with their filters.
std::vector<RuleCompletion> ruleCompletions(const QString& line, int column, const QStringList& classes,
                                            const QList<std::pair<QString, QString>>& userSigns = {});
/// Class names that the text declares, quoted where necessary.
QStringList declaredClasses(const QString& text);
/// User signs that the text declares: names (quoted where necessary) and filters.
QList<std::pair<QString, QString>> declaredSigns(const QString& text);

/// Shows the list at the cursor and replaces the whole word there, never a part of it.
class RuleCompleter final : public QCompleter {
    Q_OBJECT
public:
    explicit RuleCompleter(QPlainTextEdit* editor);
    /// Opens, refreshes or closes the list for the word at the cursor.
    void completeHere();
    bool isOpen() const;

private:
    void accept(const QString& text);
    void fill();
    /// The word at the cursor without `!`: [from, cursor) is what is typed, [from, to) what is replaced.
    struct Word {
        int from = 0, to = 0;
        QString typed;
    };
    Word wordAtCursor() const;

    QPlainTextEdit* editor_;
    QStandardItemModel* items_;
};

}  // namespace weir::ui
