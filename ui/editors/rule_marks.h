// What the gutter says beside each line of a rule text: flows, mark, and what changed since the saved iteration.
#pragma once

#include "core/base/diagnostic.h"
#include "core/session/evidence/judge.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace weir::ui {

enum class RuleMark { none, meets, canMeet, dead, error };
enum class LineEdit { same, changed, added };

struct LineMark {
    int rule = -1;            ///< index in the judged rule set; -1 = no rule, or one that is not judged yet
    std::uint64_t flows = 0;  ///< flows the rule matches
    RuleMark mark = RuleMark::none;
    LineEdit edit = LineEdit::same;
    QString help;  ///< tool tip; empty = none
};

/// One entry a line. Rules are found by name, so that the marks of the last valid judgement stay beside their rules
/// while the text has an error and its lines have moved. `valid` may be null. `baseText`: the saved iteration's text.
std::vector<LineMark> markLines(const QStringList& lines, const session::Judgement* valid,
                                const Diagnostics& diagnostics, const QString& baseText);

/// Indices (as in `lines`) of changed and added lines against the base.
std::vector<LineEdit> editsOf(const QStringList& lines, const QString& baseText);

}  // namespace weir::ui
