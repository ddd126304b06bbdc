// The line diff of two rule texts; long runs of equal lines are folded into one.
#pragma once

#include "core/refine/iterations.h"

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace weir::ui {

/// One row per line or folded run. GUI thread only.
class IterationDiffModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setTexts(const QString& before, const QString& after);
    std::size_t removed() const { return removed_; }
    std::size_t added() const { return added_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<refine::DiffLine> lines_;
    std::size_t removed_ = 0, added_ = 0;
};

}  // namespace weir::ui
