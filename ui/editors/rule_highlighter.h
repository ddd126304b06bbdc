// Syntax colours of a rule text: keywords, quoted names, negated signs, comments; grey for rules that cannot match.
#pragma once

#include <QSet>
#include <QString>
#include <QSyntaxHighlighter>

namespace weir::ui {

/// Colours one line at a time and needs no context from other lines.
class RuleHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit RuleHighlighter(QTextDocument* document);
    /// Sets the rules shown in grey (dead or subsumed). Repaints only lines whose look changes.
    void setDeadRules(const QSet<QString>& rules);

protected:
    void highlightBlock(const QString& text) override;

private:
    QSet<QString> dead_;
};

}  // namespace weir::ui
