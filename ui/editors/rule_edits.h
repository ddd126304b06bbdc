// Edits of a rule text by meaning: add a sign to a rule, rename a rule or class everywhere.
#pragma once

#include <QString>
#include <QTextCursor>
#include <QTextDocument>

namespace weir::ui {

/// The text with `sign` ("!PotOk") appended to the rule, before its comment. The same text when it states no such rule.
QString withSignAdded(const QString& text, const QString& rule, const QString& sign);

/// The rule or class name at the position.
struct RuleName {
    enum Kind { none, rule, ruleClass } kind = none;
    QString name;
};
RuleName nameAt(const QTextDocument* document, int position);

/// Renames it in every place that names it; returns how many places.
int renameEverywhere(QTextDocument* document, const RuleName& what, const QString& to);

/// Puts `# ` in front of the lines of the selection, or takes it away where all of them have it. Blank lines stay. One
/// edit of the document.
void toggleComments(const QTextCursor& selection);

/// Replaces the whole text in one edit, touching only the part that differs. Returns the end of that part, -1 when
/// nothing differs.
int replaceText(QTextDocument* document, const QString& text);

}  // namespace weir::ui
