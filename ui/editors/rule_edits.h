// Semantic edits of a rule text: add a sign to a rule, rename a rule or class everywhere.
#pragma once

#include <QString>
#include <QTextCursor>
#include <QTextDocument>

namespace weir::ui {

/// The text with `sign` ("!PotOk") appended to the rule, before its comment. Unchanged when there is no such rule.
QString withSignAdded(const QString& text, const QString& rule, const QString& sign);

/// A rule or class name in the text.
struct RuleName {
    enum Kind { none, rule, ruleClass } kind = none;
    QString name;
};
/// The name at a position of the document; kind `none` when there is none.
RuleName nameAt(const QTextDocument* document, int position);

/// Renames a rule or class everywhere; returns the number of replacements.
int renameEverywhere(QTextDocument* document, const RuleName& what, const QString& to);

/// Adds `# ` to the lines of the selection, or removes it when all of them have it. Blank lines are unchanged. One edit
/// of the document.
void toggleComments(const QTextCursor& selection);

/// Replaces the whole text in one edit that touches only the part that differs. Returns the end of that part, -1 when
/// nothing differs.
int replaceText(QTextDocument* document, const QString& text);

}  // namespace weir::ui
