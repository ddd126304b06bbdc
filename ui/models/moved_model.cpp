// See moved_model.h.
#include "ui/models/moved_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {
namespace {

QString rulesText(const rules::RuleSet& set, rules::Word word) {
    QStringList names;
    for (const rules::Rule& r : set.rules)
        if (r.matches(word)) names << fromUtf8(r.name);
    return names.isEmpty() ? QStringLiteral("–") : names.join(QStringLiteral(", "));
}

}  // namespace

void MovedModel::set(const session::RuleComparisonPtr& comparison, const Comparison::Cell& wanted) {
    beginResetModel();
    rows_.clear();
    flows_ = 0;
    names_ = comparison ? comparison->champion->parsed.set.signNames : std::vector<std::string>();
    if (comparison && comparison->good()) {
        const compare::Migration& m = comparison->migration;
        for (const compare::Cell& cell : m.cells) {
            const QString from = fromUtf8(m.from[cell.from]), to = fromUtf8(m.to[cell.to]);
            if (wanted ? *wanted != std::pair(from, to) : !m.moved(cell)) continue;
            for (const std::uint32_t row : cell.rows) {
                const tally::WordCount& w = comparison->champion->tally[row];
                rows_.push_back({w.word, w.flows, from, rulesText(comparison->champion->parsed.set, w.word), to, rulesText(comparison->challenger->parsed.set, w.word)});
                flows_ += w.flows;
            }
        }
        std::ranges::stable_sort(rows_, std::ranges::greater(), &Row::flows);
    }
    endResetModel();
}

int MovedModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int MovedModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant MovedModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = rows_[std::size_t(index.row())];
    const int column = index.column();
    const QString signs = fromUtf8(rules::signNamesOf(row.word, names_));
    switch (role) {
    case Qt::DisplayRole:
    case kRawRole:
        switch (column) {
        case kSigns: return signs;
        case kFlows: return role == kRawRole ? QVariant(qulonglong(row.flows)) : QVariant(count(row.flows));
        case kFrom: return role == kRawRole ? row.from : Theme::classShortName(row.from);
        case kFromRules: return row.fromRules;
        case kTo: return role == kRawRole ? row.to : Theme::classShortName(row.to);
        default: return row.toRules;
        }
    case Qt::ToolTipRole: return column == kSigns ? signs : QString();
    case kClassesRole: return column == kFrom ? QVariant(QStringList{row.from}) : column == kTo ? QVariant(QStringList{row.to}) : QVariant();
    case Qt::TextAlignmentRole: return int((column == kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant MovedModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case kSigns: return tr("Signs");
    case kFlows: return tr("Flows");
    case kFrom: return tr("Champion");
    case kTo: return tr("Challenger");
    default: return tr("by rules");
    }
}

}  // namespace weir::ui
