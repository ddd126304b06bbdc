// Sign combinations ordered by flows: those of one class pair, or the unclassified ones.
#pragma once

#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// One row per combination. GUI thread only.
class ConflictListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kSigns, kFlows, kShare, kCumulative, kRules, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    /// `combinations` as in the report, most flows first; 100 % = the sum of their flows. They live as long as
    /// `judgement`.
    void set(session::JudgementPtr judgement, const conflict::Combinations* combinations);
    void setCutOff(std::uint64_t flows);  ///< hides combinations with fewer flows; 100 % is unchanged
    std::uint64_t baseFlows() const { return base_; }
    std::size_t hidden() const { return all_ ? all_->size() - shown_ : 0; }
    rules::Word wordAt(int row) const;
    int rowOf(rules::Word word) const;  ///< -1 = not shown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();
    const tally::WordCount& countAt(std::size_t row) const { return judgement_->tally[(*all_)[row]]; }
    QVariant display(std::size_t row, int column) const;

    session::JudgementPtr judgement_;
    const conflict::Combinations* all_ = nullptr;
    std::size_t shown_ = 0;
    std::uint64_t cutOff_ = 0, base_ = 0;
    std::vector<std::uint64_t> cumulative_;
};

}  // namespace weir::ui
