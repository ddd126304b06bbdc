// Sign combinations whose class changes, or code combinations whose badness changes, in all or in one cell; with the
// matching rules or codes on both sides.
#pragma once

#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"
#include "ui/state/comparison.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

/// One row per combination or pair of combinations. GUI thread only.
class MovedModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kSigns, kFlows, kFrom, kFromRules, kTo, kToRules, kColumns };

    using QAbstractTableModel::QAbstractTableModel;
    void set(const session::RuleComparison& comparison, const Comparison::Cell& cell);
    void set(const session::ScoreComparison& comparison, const Comparison::Cell& cell);
    /// Rows are pairs of code combinations; kSigns is empty.
    bool ofScores() const { return ofScores_; }
    Comparison::Cell cellAt(int row) const;
    /// Sign word of a row; 0 = no such row, or a row of scores.
    std::uint64_t wordAt(int row) const {
        return row >= 0 && std::size_t(row) < rows_.size() ? rows_[std::size_t(row)].word : 0;
    }
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
    template <class RowOf>
    void fill(const compare::Migration& migration, const Comparison::Cell& wanted, RowOf rowOf);
    std::vector<Row> rows_;           ///< most flows first
    std::vector<std::string> names_;  ///< of signs, by bit
    std::uint64_t flows_ = 0;
    bool ofScores_ = false;
};

}  // namespace weir::ui
