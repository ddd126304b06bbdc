// Intervals in which local services were unreachable.
#pragma once

#include "core/session/verbs/outages.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

enum class Zone : unsigned char;

/// One row per outage. GUI thread only.
class OutageModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kService, kStart, kEnd, kLength, kClients, kFlows, kAnswered, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<session::Outage> outages);
    void setZone(Zone zone);
    const std::vector<session::Outage>& all() const { return rows_; }
    /// nullptr = no such row.
    const session::Outage* at(int row) const {
        return row >= 0 && std::size_t(row) < rows_.size() ? &rows_[std::size_t(row)] : nullptr;
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    QString after(const session::Outage& o, std::int64_t us) const;
    QVariant raw(const session::Outage& o, int column) const;

    std::vector<session::Outage> rows_;
    Zone zone_{};
};

}  // namespace weir::ui
