// Colours of a rule text: keywords, quoted names, negated signs, comments; grey for rules that can take nothing.
#pragma once

#include <QSet>
#include <QString>
#include <QSyntaxHighlighter>

namespace weir::ui {

class RuleHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit RuleHighlighter(QTextDocument* document);
    /// Rules shown in grey (dead or subsumed). Repaints only lines whose look changes.
    void setDeadRules(const QSet<QString>& rules);

protected:
    void highlightBlock(const QString& text) override;

private:
    QSet<QString> dead_;
};

}  // namespace weir::ui
