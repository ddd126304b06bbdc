// Suggested edits of the draft with their effects.
#pragma once

#include "core/refine/suggest.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

/// One row per suggestion. GUI thread only.
class SuggestionModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kEdit, kClass, kConflicting, kUnclassified, kNewConflicts, kTakes, kRule, kColumns };

    using QAbstractTableModel::QAbstractTableModel;
    void set(std::vector<refine::Suggestion> suggestions);
    /// The suggestion of a row; nullptr = no such row.
    const refine::Suggestion* at(int row) const {
        return row >= 0 && std::size_t(row) < rows_.size() ? &rows_[std::size_t(row)] : nullptr;
    }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString help(const refine::Suggestion& s) const;
    std::vector<refine::Suggestion> rows_;
};

}  // namespace weir::ui
