// See compare_text_model.h.
#include "ui/models/compare_text_model.h"

#include "core/session/evidence/score.h"
#include "core/session/verbs/compare_scores.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {
namespace {

constexpr std::ptrdiff_t kAround = 2;  ///< equal lines shown beside a change

void keepChanges(std::vector<refine::AlignedLine>& lines) {
    const auto n = std::ptrdiff_t(lines.size());
    std::vector<bool> keep(lines.size());
    for (std::ptrdiff_t i = 0; i < n; ++i)
        if (lines[std::size_t(i)].kind != refine::AlignKind::same)
            for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, i - kAround); k <= std::min(n - 1, i + kAround); ++k)
                keep[std::size_t(k)] = true;
    std::size_t at = 0;
    std::erase_if(lines, [&](const refine::AlignedLine&) { return !keep[at++]; });
}

}  // namespace

CompareTextModel::Side CompareTextModel::sideOf(const session::Judgement& judgement) {
    Side out{judgement.parsed.set.text, {}, false};
    const auto& rules = judgement.parsed.set.rules;
    for (std::size_t i = 0; i < std::min(rules.size(), judgement.classes.ruleFlows.size()); ++i)
        out.flows[rules[i].line] = judgement.classes.ruleFlows[i];
    return out;
}

CompareTextModel::Side CompareTextModel::sideOf(const session::ScoreComparison& comparison, bool ofChampion) {
    const session::ScoreResult& scores = ofChampion ? *comparison.champion : *comparison.challenger;
    Side out{scores.text, {}, true};
    const auto& tests = scores.parsed.profile.tests;
    for (std::size_t i = 0; i < tests.size(); ++i) {
        std::uint64_t& flows = out.flows[tests[i].line];
        for (const session::ScoreComparison::Pair& p : comparison.pairs)
            if (scores.scores->words[ofChampion ? p.from : p.to].word >> i & 1u) flows += p.sums.flows;
    }
    return out;
}

void CompareTextModel::set(Side before, Side after, bool onlyChanges) {
    beginResetModel();
    before_ = std::move(before);
    after_ = std::move(after);
    lines_ = refine::alignTexts(before_.text, after_.text);
    changes_ = std::size_t(
        std::ranges::count_if(lines_, [](const refine::AlignedLine& l) { return l.kind != refine::AlignKind::same; }));
    if (onlyChanges) keepChanges(lines_);
    endResetModel();
}

int CompareTextModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(lines_.size()); }
int CompareTextModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString CompareTextModel::flowsOf(const refine::AlignedLine& line, bool after) const {
    const auto& flows = (after ? after_ : before_).flows;
    const auto at = flows.find(after ? line.lineAfter : line.lineBefore);
    return at == flows.end() ? QString() : count(at->second);
}

QVariant CompareTextModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const refine::AlignedLine& line = lines_[std::size_t(index.row())];
    const bool after = index.column() >= kAfter,
               number = index.column() == kBeforeFlows || index.column() == kAfterFlows;
    switch (role) {
        case Qt::DisplayRole: return number ? flowsOf(line, after) : fromUtf8(after ? line.after : line.before);
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole: return int(number ? Tone::secondary : Tone::normal);
        case kAlignRole: return int(line.kind);
        default: return {};
    }
}

QVariant CompareTextModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool number = section == kBeforeFlows || section == kAfterFlows;
    if (role == Qt::TextAlignmentRole) return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return number               ? (before_.records ? tr("Records") : tr("Flows"))
           : section == kBefore ? tr("Champion")
                                : tr("Challenger");
}

}  // namespace weir::ui
