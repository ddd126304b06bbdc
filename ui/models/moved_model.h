// Sign combinations whose class changes, or those of one cell: from where to where, by which rules.
#pragma once

#include "core/session/compare.h"
#include "ui/comparison.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

class MovedModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kSigns, kFlows, kFrom, kFromRules, kTo, kToRules, kColumns };

    using QAbstractTableModel::QAbstractTableModel;
    void set(const session::RuleComparisonPtr& comparison, const Comparison::Cell& cell);
    /// 0 = no such row.
    std::uint64_t wordAt(int row) const { return row >= 0 && std::size_t(row) < rows_.size() ? rows_[std::size_t(row)].word : 0; }
    std::uint64_t flows() const { return flows_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::uint64_t word = 0, flows = 0;
        QString from, fromRules, to, toRules;
    };
    std::vector<Row> rows_;
    std::vector<std::string> names_;   ///< of signs, by bit   ///< most flows first
    std::uint64_t flows_ = 0;
};

}  // namespace weir::ui
