// See class_change_model.h.
#include "ui/models/class_change_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {

void ClassChangeModel::set(const session::RuleComparisonPtr& comparison) {
    beginResetModel();
    rows_.clear();
    most_ = 0;
    if (comparison && comparison->good()) {
        const compare::Migration& m = comparison->migration;
        const auto rowOf = [this](const std::string& name) -> Row& {
            const QString text = fromUtf8(name);
            const auto at = std::ranges::find(rows_, text, &Row::name);
            return at == rows_.end() ? rows_.emplace_back(Row{text, 0, 0}) : *at;
        };
        for (std::size_t i = 0; i + 1 < m.from.size(); ++i) rowOf(m.from[i]);
        for (std::size_t i = 0; i + 1 < m.to.size(); ++i) rowOf(m.to[i]);
        rowOf(m.from.back());   // Other
        for (const compare::Cell& cell : m.cells) {
            rowOf(m.from[cell.from]).before += cell.sums.flows;
            rowOf(m.to[cell.to]).after += cell.sums.flows;
        }
        for (const Row& row : rows_) most_ = std::max({most_, row.before, row.after});
        rows_.push_back({tr("in conflict"), comparison->champion->classes.conflicting, comparison->challenger->classes.conflicting});
    }
    endResetModel();
}

int ClassChangeModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int ClassChangeModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ClassChangeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = rows_[std::size_t(index.row())];
    const int column = index.column();
    const bool conflict = std::size_t(index.row()) + 1 == rows_.size();
    const auto change = std::int64_t(row.after) - std::int64_t(row.before);
    switch (role) {
    case Qt::DisplayRole:
        if (column == kClass) return conflict ? row.name : Theme::classShortName(row.name);
        if (column == kBefore) return count(row.before);
        if (column == kAfter) return count(row.after);
        return column == kChange ? signedCount(change) : QString();
    case Qt::ToolTipRole: return column == kClass ? row.name : QString();
    case kRawRole:
        if (column == kClass) return row.name;
        if (column == kBefore || column == kAfter) return qulonglong(column == kBefore ? row.before : row.after);
        return column == kChange ? QVariant(qlonglong(change)) : QVariant();
    case kClassesRole: return column == kClass && !conflict ? QVariant(QStringList{row.name}) : QVariant();
    case kShareRole: return most_ == 0 ? 0.0 : double(column == kBeforeBar ? row.before : row.after) / double(most_);
    case kColorRole: return conflict ? Theme::current().error : Theme::classColor(row.name);
    case Qt::TextAlignmentRole: return int((column == kClass ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case kToneRole: return int(column == kChange && change == 0 ? Tone::dim : conflict && (row.after || row.before) ? Tone::error : Tone::normal);
    default: return {};
    }
}

QVariant ClassChangeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == kClass || section == kBeforeBar || section == kAfterBar ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case kClass: return tr("Class");
    case kBefore: return tr("Before");
    case kAfter: return tr("After");
    case kChange: return tr("Change");
    default: return QString();
    }
}

}  // namespace weir::ui
