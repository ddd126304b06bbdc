// See conflict_rule_pair_model.h.
#include "ui/models/conflict_rule_pair_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/models/combination_text.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {

void ConflictRulePairModel::setJudgement(session::JudgementPtr judgement) {
    beginResetModel();
    judgement_ = std::move(judgement);
    rows_.clear();
    if (judgement_) {
        const auto& pairs = judgement_->check.conflicts;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            Row row{i, 0};
            for (const auto& seen : judgement_->conflicts.rulePairs) {
                if (std::min(seen.a, seen.b) == pairs[i].a && std::max(seen.a, seen.b) == pairs[i].b)
                    row.flows = seen.flows;
            }
            rows_.push_back(row);
        }
        std::ranges::stable_sort(rows_, std::ranges::greater{}, &Row::flows);
    }
    endResetModel();
}

int ConflictRulePairModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}
int ConflictRulePairModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString ConflictRulePairModel::ruleName(std::size_t rule) const {
    return fromUtf8(judgement_->parsed.set.rules[rule].name);
}

QVariant ConflictRulePairModel::display(const Row& row, int column) const {
    const auto& pair = judgement_->check.conflicts[row.pair];
    const auto& rules = judgement_->parsed.set.rules;
    switch (column) {
        case kRules: return QString(ruleName(pair.a) + QStringLiteral(" ∧ ") + ruleName(pair.b));
        case kClasses: return classesText(*judgement_, {rules[pair.a].classIndex, rules[pair.b].classIndex});
        case kFlows: return count(row.flows);
        case kWords: return wordCount(judgement_->check, pair.words);
        case kWitness: return signsText(pair.witness, judgement_->parsed.set);
        default: return {};
    }
}

QVariant ConflictRulePairModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& row = rows_[std::size_t(index.row())];
    const auto& pair = judgement_->check.conflicts[row.pair];
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole: return display(row, column);
        case Qt::TextAlignmentRole:
            return int((column == kFlows || column == kWords ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole:
            if (column == kFlows) return int(row.flows ? Tone::error : Tone::dim);
            return int(column == kWords     ? (row.flows ? Tone::error : Tone::warning)
                       : column == kWitness ? Tone::secondary
                                            : Tone::normal);
        case kRawRole:
            if (column == kFlows) return qulonglong(row.flows);
            if (column == kWords) return qulonglong(pair.words);
            return display(row, column);
        case kClassesRole:
            if (column == kClasses)
                return QStringList{fromUtf8(judgement_->className(judgement_->parsed.set.rules[pair.a].classIndex)),
                                   fromUtf8(judgement_->className(judgement_->parsed.set.rules[pair.b].classIndex))};
            return {};
        case Qt::ToolTipRole:
            return row.flows ? tr("Flows that both rules match: %1").arg(count(row.flows))
                             : tr("Both rules could match the same flow; none observed");
        default: return {};
    }
}

QVariant ConflictRulePairModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kFlows || section == kWords ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kRules: return tr("Rules");
        case kClasses: return tr("Classes");
        case kFlows: return tr("Flows");
        case kWords: return tr("Combinations");
        default: return tr("Example");
    }
}

}  // namespace weir::ui
