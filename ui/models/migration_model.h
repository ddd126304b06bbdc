// Class × class (or badness × badness): flows by champion (rows) and challenger (columns), with sums.
#pragma once

#include "core/compare/migration.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace weir::ui {

/// Quantity that the cells count.
enum class MoveMeasure : unsigned char { flows, packets, bytes, sources };

/// Last row and last column are sums. GUI thread only.
class MigrationModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    /// `sources` = number of sources by cell; empty while they are counted. `ofClasses` = names are classes, otherwise
    /// badness values.
    void set(std::shared_ptr<const compare::Migration> migration, MoveMeasure measure,
             const std::vector<std::uint64_t>& sources, bool ofClasses);
    MoveMeasure measure() const { return measure_; }

    /// Class names of a cell; nullopt for sums and where there are no flows.
    std::optional<std::pair<QString, QString>> pairAt(const QModelIndex& index) const;
    QModelIndex cellOf(const QString& from, const QString& to) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::size_t rows() const { return migration_->from.size(); }
    std::size_t columns() const { return migration_->to.size(); }
    bool isSum(int row, int column) const { return std::size_t(row) == rows() || std::size_t(column) == columns(); }
    bool same(int row, int column) const {
        return migration_->from[std::size_t(row)] == migration_->to[std::size_t(column)];
    }
    QString text(int row, int column) const;

    std::shared_ptr<const compare::Migration> migration_;  ///< may be null
    MoveMeasure measure_ = MoveMeasure::flows;
    bool ofClasses_ = true;
    bool counted_ = true;                ///< false = sources are being counted
    std::vector<std::uint64_t> values_;  ///< (rows + 1) x (columns + 1), the last of each are sums
    std::uint64_t most_ = 0;             ///< of cells that move
};

}  // namespace weir::ui
