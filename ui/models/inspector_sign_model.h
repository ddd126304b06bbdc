// The signs of one flow or combination with their evidence: those that hold, optionally all.
#pragma once

#include "core/explain/explain.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

/// One row per sign. GUI thread only.
class InspectorSignModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kDot, kName, kEvidence, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    void setLines(std::vector<explain::SignLine> lines);  ///< sorted: those that hold first
    void setAll(bool all);                                ///< also show those that do not hold
    bool all() const { return all_; }
    int holding() const { return holding_; }
    int known() const { return int(lines_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<explain::SignLine> lines_;
    int holding_ = 0;
    bool all_ = false;
};

}  // namespace weir::ui
