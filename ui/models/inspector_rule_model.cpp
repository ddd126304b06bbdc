// See inspector_rule_model.h.
#include "ui/models/inspector_rule_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

#include <QFont>
#include <QStringList>

namespace weir::ui {

void InspectorRuleModel::setLines(session::JudgementPtr judgement, std::vector<explain::RuleLine> lines) {
    beginResetModel();
    judgement_ = std::move(judgement);
    lines_ = std::move(lines);
    matching_ = near_ = 0;
    for (const auto& line : lines_) {
        matching_ += line.matches;
        near_ += line.matches || line.missedBy.size() == 1;
    }
    endResetModel();
}

void InspectorRuleModel::setAll(bool all) {
    if (all == all_) return;
    beginResetModel();
    all_ = all;
    endResetModel();
}

int InspectorRuleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : all_ ? known() : near_;
}
int InspectorRuleModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant InspectorRuleModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& line = lines_[std::size_t(index.row())];
    const auto& rule = judgement_->parsed.set.rules[line.rule];
    const QString className = fromUtf8(judgement_->className(rule.classIndex));
    switch (role) {
        case Qt::DisplayRole:
        case kRawRole:
            if (index.column() == kRule) return fromUtf8(rule.name);
            if (index.column() == kClass) return className;
            if (line.matches) return tr("matches");
            {
                QStringList misses;
                for (const auto& miss : line.missedBy) misses << fromUtf8(miss);
                return misses.join(QStringLiteral(", "));
            }
        case kClassesRole: return index.column() == kClass ? QVariant(QStringList{className}) : QVariant();
        case kToneRole: return int(line.matches ? Tone::normal : Tone::secondary);
        case Qt::FontRole:
            if (line.matches && index.column() != kClass) {
                QFont font;
                font.setWeight(QFont::DemiBold);
                return font;
            }
            return {};
        default: return {};
    }
}

}  // namespace weir::ui
