// What the gutter shows beside each line of a rule text: flows, mark, and the change since the saved iteration.
#pragma once

#include "core/base/diagnostic.h"
#include "core/session/evidence/judge.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// Mark of a rule: conflicts observed (meets) or possible (canMeet), can never match (dead), or an error in its line.
/// Subsumed rules without conflicts count as dead.
enum class RuleMark { none, meets, canMeet, dead, error };
/// How a line differs from the saved iteration.
enum class LineEdit { same, changed, added };

/// What the gutter shows for one line.
struct LineMark {
    int rule = -1;            ///< index in the judged rule set; -1 = no rule, or one that is not judged yet
    std::uint64_t flows = 0;  ///< flows the rule matches
    RuleMark mark = RuleMark::none;
    LineEdit edit = LineEdit::same;
    QString help;  ///< tool tip; empty = none
};

/// One entry per line. Rules are matched by name, so the marks of the last valid judgement stay beside their rules
/// while the text has an error and lines have moved. `valid` may be null. `baseText` = the saved iteration's text.
std::vector<LineMark> markLines(const QStringList& lines, const session::Judgement* valid,
                                const Diagnostics& diagnostics, const QString& baseText);

/// State of each line (same, changed, added) compared with the base.
std::vector<LineEdit> editsOf(const QStringList& lines, const QString& baseText);

}  // namespace weir::ui
