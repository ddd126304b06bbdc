// Joins static analysis, conflict report and line diff into one entry a line.
#include "ui/editors/rule_marks.h"

#include "core/refine/iterations.h"
#include "ui/editors/rule_tokens.h"
#include "ui/models/combination_text.h"
#include "ui/text/format.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace weir::ui {
namespace {

QString markText(const char* text) { return QCoreApplication::translate("RuleMarks", text); }

QString nameOf(const session::Judgement& j, std::size_t rule) {
    const auto& r = j.parsed.set.rules[rule];
    return QStringLiteral("%1 (%2)").arg(fromUtf8(r.name), fromUtf8(j.className(r.classIndex)));
}

template <class Pair>
std::size_t otherOf(const Pair& pair, std::size_t rule) {
    return pair.a == rule ? pair.b : pair.a;
}

template <class Pair>
bool names(const Pair& pair, std::size_t rule) {
    return pair.a == rule || pair.b == rule;
}

void markConflicts(LineMark& line, const session::Judgement& j) {
    const auto rule = std::size_t(line.rule);
    QStringList seen, possible;
    for (const auto& pair : j.conflicts.rulePairs)
        if (names(pair, rule))
            seen << markText("conflicts with %1 in %2 flows").arg(nameOf(j, otherOf(pair, rule)), count(pair.flows));
    for (const auto& pair : j.check.conflicts) {
        if (!names(pair, rule)) continue;
        const auto other = otherOf(pair, rule);
        const bool met = std::ranges::any_of(
            j.conflicts.rulePairs, [&](const auto& p) { return names(p, rule) && otherOf(p, rule) == other; });
        if (!met)
            possible << markText("could conflict with %1: %2, not observed")
                            .arg(nameOf(j, other), signsText(pair.witness, j.parsed.set));
    }
    if (!seen.isEmpty())
        line.mark = RuleMark::meets;
    else if (!possible.isEmpty())
        line.mark = RuleMark::canMeet;
    line.help = (seen + possible).join(u'\n');
}

void markRule(LineMark& line, const session::Judgement& j) {
    const auto rule = std::size_t(line.rule);
    if (rule < j.classes.ruleMatches.size()) line.flows = j.classes.ruleMatches[rule];
    const auto in = [rule](const std::vector<std::size_t>& list) {
        return std::ranges::find(list, rule) != list.end();
    };
    if (in(j.check.dead)) {
        line.mark = RuleMark::dead;
        line.help = markText("Dead: no admissible combination of signs matches this rule");
        return;
    }
    markConflicts(line, j);
    if (line.mark == RuleMark::none && in(j.check.subsumed)) {
        line.mark = RuleMark::dead;
        line.help = markText("Subsumed: another rule of the class matches all that this one matches");
    }
    if (line.help.isEmpty() && rule < j.classes.ruleFlows.size())
        line.help = markText("flows matched: %1, assigned to this rule: %2")
                        .arg(count(line.flows), count(j.classes.ruleFlows[rule]));
}

void markErrors(std::vector<LineMark>& out, const Diagnostics& diagnostics) {
    for (const auto& d : diagnostics) {
        if (d.severity != Severity::error || d.line == 0 || d.line > out.size()) continue;
        auto& line = out[d.line - 1];
        if (line.mark == RuleMark::error) continue;
        line.mark = RuleMark::error;
        line.help = fromUtf8(d.message);
    }
}

/// Names of the rules of a text: a line that states one of them is a changed rule, not an added one.
QSet<QString> ruleNames(const QString& text) {
    QSet<QString> names;
    for (const auto& line : text.split(u'\n'))
        if (const auto name = ruleNameOfLine(line); !name.isEmpty()) names.insert(name);
    return names;
}

}  // namespace

std::vector<LineEdit> editsOf(const QStringList& lines, const QString& baseText) {
    std::vector<LineEdit> out(std::size_t(lines.size()), LineEdit::same);
    const QString text = lines.join(u'\n');
    if (baseText.isEmpty() || text == baseText) return out;
    const auto known = ruleNames(baseText);
    std::size_t at = 0, removed = 0;
    for (const auto& d : refine::diffLines(baseText.toStdString(), text.toStdString())) {
        if (d.kind == refine::DiffKind::removed) {
            ++removed;
            continue;
        }
        if (at >= out.size()) break;
        if (d.kind == refine::DiffKind::same) {
            removed = 0;
        } else {
            const auto name = ruleNameOfLine(lines[qsizetype(at)]);
            const bool changed = name.isEmpty() ? removed > 0 : known.contains(name);
            out[at] = changed ? LineEdit::changed : LineEdit::added;
            if (removed > 0) --removed;
        }
        ++at;
    }
    return out;
}

std::vector<LineMark> markLines(const QStringList& lines, const session::Judgement* valid,
                                const Diagnostics& diagnostics, const QString& baseText) {
    QHash<QString, int> ruleByName;
    if (valid)
        for (std::size_t i = 0; i < valid->parsed.set.rules.size(); ++i)
            ruleByName.insert(fromUtf8(valid->parsed.set.rules[i].name), int(i));
    const auto edits = editsOf(lines, baseText);
    std::vector<LineMark> out(std::size_t(lines.size()));
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].edit = edits[i];
        const auto name = ruleNameOfLine(lines[qsizetype(i)]);
        if (name.isEmpty()) continue;
        out[i].rule = ruleByName.value(name, -1);
        if (out[i].rule >= 0) markRule(out[i], *valid);
    }
    markErrors(out, diagnostics);
    return out;
}

}  // namespace weir::ui
