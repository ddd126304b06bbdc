// Groups of flows as a table: keys, counts with a bar of the share, times.
#pragma once

#include "core/session/verbs/top.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace weir::ui {

enum class Zone : unsigned char;
using GroupListPtr = std::shared_ptr<const session::GroupList>;

/// GUI thread only. Reads an immutable list; a new one replaces the rows and resets the order.
class TopModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column { key, flows, share, percent, packets, bytes, rate, first, last };

    using QAbstractTableModel::QAbstractTableModel;
    void setList(GroupListPtr list, Zone zone);
    void setZone(Zone zone);
    const GroupListPtr& list() const { return list_; }

    int keyCount() const { return list_ ? int(list_->keyCount()) : 1; }
    bool hasRate() const;
    Column kindOf(int column) const;
    /// The column of this kind; for keys the first one.
    int columnOf(Column kind) const;
    /// Index in the list of the group shown in a row.
    std::size_t groupAt(int row) const { return rows_[std::size_t(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    QVariant display(std::size_t group, int column) const;
    QVariant raw(std::size_t group, int column) const;

    GroupListPtr list_;
    Zone zone_{};
    std::vector<std::uint32_t> rows_;  ///< groups in shown order
    double most_ = 0;                  ///< highest share: the full bar
};

}  // namespace weir::ui
