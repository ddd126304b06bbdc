// Class × class: upper triangle = observed flows that both classes claim, lower triangle = possible combinations,
// diagonal = flows that only this class claims.
#pragma once

#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace weir::ui {

/// Rows and columns are the classes of the judgement, in order. GUI thread only.
class ConflictMatrixModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setJudgement(session::JudgementPtr judgement);
    const session::JudgementPtr& judgement() const { return judgement_; }

    /// Class indices of a cell, first in order first; nullopt on the diagonal.
    std::optional<std::pair<int, int>> pairAt(const QModelIndex& index) const;
    /// The upper cell of two class indices; invalid when they are not in the matrix.
    QModelIndex cellOf(int a, int b) const;
    /// The pair in the report; nullptr when the two classes can never conflict.
    const conflict::ClassPair* reportOf(int a, int b) const;
    int classAt(int section) const { return order_[std::size_t(section)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Cell {
        std::uint64_t flows = 0, words = 0;
    };
    const Cell& cell(int row, int column) const {
        return cells_[std::size_t(row) * order_.size() + std::size_t(column)];
    }
    QString text(int row, int column) const;
    int tone(int row, int column) const;
    QString help(int row, int column) const;

    session::JudgementPtr judgement_;
    std::vector<int> order_;   ///< class indices, first in order first
    std::vector<Cell> cells_;  ///< row-major, symmetric; the diagonal holds flows only
    std::uint64_t most_ = 0;
};

}  // namespace weir::ui
