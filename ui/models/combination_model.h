// The table of sign combinations: one row per distinct sign word of the tally, filtered by signs and a minimum number
// of flows.
#pragma once

#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// Filter of the list. A combination passes when it has all of `require` and none of `forbid`.
struct CombinationQuery {
    rules::Word require = 0, forbid = 0;
    std::uint64_t cutOff = 0;  ///< hide combinations below this many flows
    bool passes(rules::Word w) const { return (w & require) == require && (w & forbid) == 0; }
    friend bool operator==(const CombinationQuery&, const CombinationQuery&) = default;
};

/// Numbers for the title: the shown rows and what 100 % is.
struct CombinationScope {
    std::size_t shown = 0, passing = 0, all = 0;  ///< combinations: shown, before the cut-off, in the tally
    std::uint64_t shownFlows = 0, passingFlows = 0, allFlows = 0;  ///< 100 % = passingFlows
};

/// GUI thread only. Reads an immutable judgement; a new one replaces the rows but not query and sort order.
class CombinationModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int kClass = 0, kFirstSign = 1;
    /// Number of built-in and user signs of the judgement; one column each, in bit order.
    int signCount() const { return int(session::signNamesFor(judgement_.get()).size()); }
    int flowsColumn() const { return kFirstSign + signCount(); }
    int shareColumn() const { return flowsColumn() + 1; }
    int percentColumn() const { return flowsColumn() + 2; }
    int cumulativeColumn() const { return flowsColumn() + 3; }
    int rulesColumn() const { return flowsColumn() + 4; }

    explicit CombinationModel(QObject* parent = nullptr);
    void setJudgement(session::JudgementPtr judgement);
    void setSampling(std::uint32_t interval);  ///< 0 = packets were not sampled; otherwise marks the signs that
                                               ///< sampling makes unreliable
    void setQuery(const CombinationQuery& query);
    const CombinationQuery& query() const { return query_; }
    const session::JudgementPtr& judgement() const { return judgement_; }
    CombinationScope scope() const { return scope_; }

    rules::Word wordAt(int row) const;
    int rowOf(rules::Word word) const;  ///< -1 = not shown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void scopeChanged();

private:
    void rebuild();
    void collect();
    void order();
    void accumulate();
    QVariant display(std::size_t row, int column) const;
    QVariant raw(std::size_t row, int column) const;
    QVariant userSignHeader(int bit, int role) const;
    const tally::WordCount& countAt(std::size_t row) const { return judgement_->tally[rows_[row]]; }

    session::JudgementPtr judgement_;
    std::uint32_t sampling_ = 0;
    CombinationQuery query_;
    CombinationScope scope_;
    std::vector<std::uint32_t> rows_;        ///< tally rows in shown order
    std::vector<std::uint64_t> cumulative_;  ///< flows up to and including the shown row
    std::uint64_t most_ = 0;                 ///< flows of the largest shown row: the full bar
    int sortColumn_ = -1;
    Qt::SortOrder sortOrder_ = Qt::DescendingOrder;
};

}  // namespace weir::ui
