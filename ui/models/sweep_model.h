// One row per value of the swept setting.
#pragma once

#include "core/session/verbs/sweep.h"

#include <QAbstractTableModel>

namespace weir::ui {

/// GUI thread only.
class SweepModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kValue, kFlips, kShare, kOneWay, kConflicting, kUnclassified, kMoves, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    /// Sets the sweep; nullptr = none. `oneWay` = current one-way flows, 100 % of the share.
    void set(std::shared_ptr<const session::Sweep> sweep, std::uint64_t oneWay);
    const session::SweepRun* at(int row) const {
        return sweep_ && row >= 0 && std::size_t(row) < sweep_->runs.size() ? &sweep_->runs[std::size_t(row)] : nullptr;
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const session::Sweep> sweep_;
    std::uint64_t oneWay_ = 0;
};

}  // namespace weir::ui
