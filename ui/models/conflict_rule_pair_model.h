// Rule pairs of different classes that could conflict: observed flows, admissible combinations, the smallest one.
#pragma once

#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// One row per rule pair. GUI thread only.
class ConflictRulePairModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kRules, kClasses, kFlows, kWords, kWitness, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    void setJudgement(session::JudgementPtr judgement);
    const rules::RulePair& pairAt(int row) const { return judgement_->check.conflicts[rows_[std::size_t(row)].pair]; }
    std::uint64_t flowsAt(int row) const { return rows_[std::size_t(row)].flows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::size_t pair = 0;  ///< index into check.conflicts
        std::uint64_t flows = 0;
    };
    QString ruleName(std::size_t rule) const;
    QVariant display(const Row& row, int column) const;

    session::JudgementPtr judgement_;
    std::vector<Row> rows_;  ///< most flows first, then most words
};

}  // namespace weir::ui
