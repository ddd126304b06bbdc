// See migration_model.h.
#include "ui/models/migration_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {
namespace {

std::uint64_t valueOf(const classify::ClassTotal& t, MoveMeasure measure) {
    return measure == MoveMeasure::packets ? t.packets : measure == MoveMeasure::bytes ? t.bytes : t.flows;
}

}  // namespace

void MigrationModel::set(std::shared_ptr<const compare::Migration> migration, MoveMeasure measure,
                         const std::vector<std::uint64_t>& sources, bool ofClasses) {
    beginResetModel();
    ofClasses_ = ofClasses;
    migration_ = std::move(migration);
    measure_ = measure;
    counted_ = measure != MoveMeasure::sources || (migration_ && sources.size() == migration_->cells.size());
    values_.clear();
    most_ = 0;
    if (migration_) {
        const compare::Migration& m = *migration_;
        const std::size_t width = columns() + 1;
        values_.assign((rows() + 1) * width, 0);
        for (std::size_t i = 0; i < m.cells.size(); ++i) {
            const compare::Cell& cell = m.cells[i];
            const std::uint64_t value = measure != MoveMeasure::sources ? valueOf(cell.sums, measure)
                                        : counted_                      ? sources[i]
                                                                        : 0;
            values_[cell.from * width + cell.to] = value;
            if (m.moved(cell)) most_ = std::max(most_, value);
            values_[cell.from * width + columns()] += value;
            values_[rows() * width + cell.to] += value;
            values_.back() += value;
        }
    }
    endResetModel();
}

std::optional<std::pair<QString, QString>> MigrationModel::pairAt(const QModelIndex& index) const {
    if (!migration_ || !index.isValid() || isSum(index.row(), index.column())) return {};
    const compare::Migration& m = *migration_;
    if (!m.cell(std::size_t(index.row()), std::size_t(index.column()))) return {};
    return std::pair(fromUtf8(m.from[std::size_t(index.row())]), fromUtf8(m.to[std::size_t(index.column())]));
}

QModelIndex MigrationModel::cellOf(const QString& from, const QString& to) const {
    if (!migration_) return {};
    const auto &rows = migration_->from, &columns = migration_->to;
    const auto row = std::ranges::find(rows, toUtf8(from)), column = std::ranges::find(columns, toUtf8(to));
    return row == rows.end() || column == columns.end() ? QModelIndex()
                                                        : index(int(row - rows.begin()), int(column - columns.begin()));
}

int MigrationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !migration_ ? 0 : int(rows()) + 1;
}
int MigrationModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !migration_ ? 0 : int(columns()) + 1;
}

QString MigrationModel::text(int row, int column) const {
    // Sources of cells may be the same hosts: they cannot be summed.
    if (measure_ == MoveMeasure::sources && (isSum(row, column) || !counted_)) return {};
    const std::uint64_t value = values_[std::size_t(row) * (columns() + 1) + std::size_t(column)];
    if (value == 0 && !isSum(row, column)) return {};
    return measure_ == MoveMeasure::bytes ? byteCount(value) : count(value);
}

QVariant MigrationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const int row = index.row(), column = index.column();
    const std::uint64_t value = values_[std::size_t(row) * (columns() + 1) + std::size_t(column)];
    const bool sum = isSum(row, column);
    switch (role) {
        case Qt::DisplayRole: return text(row, column);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            if (sum || value == 0) return {};
            return same(row, column)
                       ? tr("%1 flows stay in %2")
                             .arg(count(value), headerData(row, Qt::Vertical, Qt::ToolTipRole).toString())
                       : tr("from %1 to %2: %3")
                             .arg(headerData(row, Qt::Vertical, Qt::ToolTipRole).toString(),
                                  headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString(), text(row, column));
        case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
        case kRawRole: return qulonglong(value);
        case kToneRole: return int(sum ? Tone::secondary : Tone::normal);
        case kHeatRole:
            return sum ? QVariant() : same(row, column) ? 0.0 : value == 0 ? QVariant() : QVariant(double(value));
        case kHeatMostRole: return double(most_);
        default: return {};
    }
}

QVariant MigrationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!migration_ || section < 0) return {};
    const auto& names = orientation == Qt::Vertical ? migration_->from : migration_->to;
    if (std::size_t(section) > names.size()) return {};
    if (std::size_t(section) == names.size()) return role == Qt::DisplayRole ? QVariant(tr("all")) : QVariant();
    const QString name = fromUtf8(names[std::size_t(section)]);
    if (role == Qt::DisplayRole) return Theme::classShortName(name);
    if (role == Qt::ToolTipRole) return name;
    if (role == kClassesRole && ofClasses_) return QStringList{name};
    return {};
}

}  // namespace weir::ui
