// See deviation_model.h.
#include "ui/models/deviation_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>
#include <cmath>

namespace weir::ui {
namespace {

std::uint64_t rounded(double flows) { return std::uint64_t(std::llround(flows)); }

}  // namespace

void DeviationModel::set(std::shared_ptr<const session::FlowComparison> comparison, bool byCombination) {
    beginResetModel();
    comparison_ = std::move(comparison);
    byCombination_ = byCombination;
    most_ = 0;
    const std::size_t rows = !comparison_     ? 0
                             : byCombination_ ? comparison_->deviation.rows.size()
                                              : comparison_->deviation.classes.size();
    for (std::size_t row = 0; row < rows; ++row) {
        const compare::Change c = changeAt(row);
        most_ = std::max({most_, comparison_->deviation.expected(c), double(c.now.flows)});
    }
    endResetModel();
}

compare::Change DeviationModel::changeAt(std::size_t row) const {
    const compare::Deviation& d = comparison_->deviation;
    if (byCombination_) return d.rows[row].sums;
    if (isAll(row)) return {comparison_->was.oneWay, comparison_->is.oneWay};
    if (isConflicts(row)) return {{comparison_->was.conflicting, 0, 0}, {comparison_->is.conflicting, 0, 0}};
    return d.byClass[row];
}

DeviationModel::Item DeviationModel::itemAt(int row) const {
    const auto at = std::size_t(row);
    const compare::Deviation& d = comparison_->deviation;
    if (byCombination_) return {d.classes[d.rows[at].place], d.rows[at].word, false};
    if (isAll(at) || isConflicts(at)) return {{}, 0, isConflicts(at)};
    return {d.classes[at], 0, false};
}

int DeviationModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !comparison_) return 0;
    return int(byCombination_ ? comparison_->deviation.rows.size() : comparison_->deviation.classes.size() + 2);
}
int DeviationModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString DeviationModel::text(std::size_t row, int column) const {
    const compare::Deviation& d = comparison_->deviation;
    const compare::Change c = changeAt(row);
    switch (column) {
        case kClass:
            return isAll(row)         ? tr("all")
                   : isConflicts(row) ? tr("in conflict")
                                      : Theme::classShortName(fromUtf8(itemAt(int(row)).className));
        case kSigns:
            return byCombination_ ? fromUtf8(rules::signNamesOf(d.rows[row].word, comparison_->parsed.set.signNames))
                                  : QString();
        case kBaseline: return count(c.baseline.flows);
        case kExpected: return count(rounded(d.expected(c)));
        case kNow: return count(c.now.flows);
        case kExcess: return signedCount(std::llround(d.excess(c)));
        case kFactor:
            if (c.now.flows == 0) return c.baseline.flows == 0 ? QString() : tr("gone");
            return c.baseline.flows == 0
                       ? tr("new")
                       : QStringLiteral("×%1").arg(QLocale().toString(double(c.now.flows) / d.expected(c), 'f', 2));
        default: return {};
    }
}

QVariant DeviationModel::raw(std::size_t row, int column) const {
    const compare::Deviation& d = comparison_->deviation;
    const compare::Change c = changeAt(row);
    switch (column) {
        case kClass: return isAll(row) || isConflicts(row) ? text(row, column) : fromUtf8(itemAt(int(row)).className);
        case kBaseline: return qulonglong(c.baseline.flows);
        case kExpected: return d.expected(c);
        case kNow: return qulonglong(c.now.flows);
        case kExcess: return d.excess(c);
        default: return text(row, column);
    }
}

QVariant DeviationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = std::size_t(index.row());
    const int column = index.column();
    const bool sum = isAll(row) || isConflicts(row);
    switch (role) {
        case Qt::DisplayRole: return text(row, column);
        case kRawRole: return raw(row, column);
        case Qt::ToolTipRole: return column == kClass || column == kSigns ? raw(row, column) : QVariant();
        case kClassesRole:
            return column == kClass && !sum ? QVariant(QStringList{fromUtf8(itemAt(index.row()).className)})
                                            : QVariant();
        case kColorRole: return sum ? QVariant() : QVariant(Theme::classColor(fromUtf8(itemAt(index.row()).className)));
        case kShareRole: {
            if (sum || most_ <= 0) return 0.0;
            const compare::Change c = changeAt(row);
            return (column == kExpectedBar ? comparison_->deviation.expected(c) : double(c.now.flows)) / most_;
        }
        case Qt::TextAlignmentRole:
            return int((column == kClass || column == kSigns ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case kToneRole: return int(sum || column == kBaseline ? Tone::secondary : Tone::normal);
        default: return {};
    }
}

QVariant DeviationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kClass || section == kSigns ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == kExpected)
        return tr("flows of the baseline, scaled to the duration of the other side");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kClass: return tr("Class");
        case kSigns: return tr("Signs");
        case kBaseline: return tr("Baseline");
        case kExpected: return tr("Expected");
        case kNow: return tr("Seen");
        case kExcess: return tr("Difference");
        case kFactor: return tr("Factor");
        default: return QString();
    }
}

}  // namespace weir::ui
