// See class_change_model.h.
#include "ui/models/class_change_model.h"

#include "ui/code_look.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {

ClassChangeModel::Row& ClassChangeModel::rowOf(const QString& name) {
    const auto at = std::ranges::find(rows_, name, &Row::name);
    return at == rows_.end() ? rows_.emplace_back(Row{name}) : *at;
}

void ClassChangeModel::fill(const compare::Migration& migration) {
    for (const compare::Cell& cell : migration.cells) {
        rowOf(fromUtf8(migration.from[cell.from])).before += cell.sums.flows;
        rowOf(fromUtf8(migration.to[cell.to])).after += cell.sums.flows;
    }
    most_ = 0;
    for (const Row& row : rows_) most_ = std::max({most_, row.before, row.after});
}

void ClassChangeModel::set(const session::RuleComparison& comparison) {
    beginResetModel();
    rows_.clear();
    const compare::Migration& m = comparison.migration;
    for (const auto* side : {&m.from, &m.to})
        for (std::size_t i = 0; i + 1 < side->size(); ++i) rowOf(fromUtf8((*side)[i]));
    rowOf(fromUtf8(m.from.back()));  // Other
    for (Row& row : rows_) {
        row.isClass = true;
        row.color = Theme::classColor(row.name);
    }
    fill(m);
    const std::uint64_t before = comparison.champion->classes.conflicting,
                        after = comparison.challenger->classes.conflicting;
    rows_.push_back({tr("in conflict"), before, after, Theme::current().error, false, before || after});
    endResetModel();
}

void ClassChangeModel::set(const session::ScoreComparison& comparison) {
    beginResetModel();
    rows_.clear();
    std::vector<int> values = comparison.from;
    values.insert(values.end(), comparison.to.begin(), comparison.to.end());
    std::ranges::sort(values, std::ranges::greater());
    const auto twice = std::ranges::unique(values);
    values.erase(twice.begin(), twice.end());
    for (const int badness : values) {
        const bool scored = badness != session::ScoreComparison::kNotScored;
        rowOf(scored ? QString::number(badness) : fromUtf8(session::ScoreComparison::kNotScoredName)).color =
            scored ? badnessColor(badness) : Theme::current().dim;
    }
    fill(comparison.migration);
    endResetModel();
}

int ClassChangeModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int ClassChangeModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ClassChangeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = rows_[std::size_t(index.row())];
    const int column = index.column();
    const auto change = std::int64_t(row.after) - std::int64_t(row.before);
    switch (role) {
        case Qt::DisplayRole:
            if (column == kClass) return row.isClass ? Theme::classShortName(row.name) : row.name;
            if (column == kBefore) return count(row.before);
            if (column == kAfter) return count(row.after);
            return column == kChange ? signedCount(change) : QString();
        case Qt::ToolTipRole: return column == kClass ? row.name : QString();
        case kRawRole:
            if (column == kClass) return row.name;
            if (column == kBefore || column == kAfter) return qulonglong(column == kBefore ? row.before : row.after);
            return column == kChange ? QVariant(qlonglong(change)) : QVariant();
        case kClassesRole: return column == kClass && row.isClass ? QVariant(QStringList{row.name}) : QVariant();
        case kShareRole:
            return most_ == 0 ? 0.0 : double(column == kBeforeBar ? row.before : row.after) / double(most_);
        case kColorRole: return row.color;
        case Qt::TextAlignmentRole: return int((column == kClass ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case kToneRole:
            return int(column == kChange && change == 0 ? Tone::dim : row.error ? Tone::error : Tone::normal);
        default: return {};
    }
}

QVariant ClassChangeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int(
            (section == kClass || section == kBeforeBar || section == kAfterBar ? Qt::AlignLeft : Qt::AlignRight) |
            Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kClass: return rows_.empty() || rows_.front().isClass ? tr("Class") : tr("Badness");
        case kBefore: return tr("Before");
        case kAfter: return tr("After");
        case kChange: return tr("Change");
        default: return QString();
    }
}

}  // namespace weir::ui
