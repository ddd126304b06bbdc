// The table of code combinations, by badness (Tables IV and V of the paper).
#pragma once

#include "core/score/overlap.h"
#include "core/score/ranking.h"
#include "ui/code_look.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace weir::ui {

/// Filter of the list: minimum badness and maximum goodness.
struct CodeQuery {
    int leastBadness = 0, mostGoodness = score::kMostPoints;
    bool passes(const score::Points& p) const { return p.badness >= leastBadness && p.goodness <= mostGoodness; }
    friend bool operator==(const CodeQuery&, const CodeQuery&) = default;
};

/// GUI thread only. A new ranking replaces the rows but not query and sort order. 100 % = records of the listed rows.
class CodeCombinationModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        kBadness,
        kBadnessBar,
        kDiscounted,
        kGoodness,
        kCodes,
        kRecords,
        kShare,
        kPercent,
        kCumulative,
        kColumns
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setRanking(const std::vector<score::Ranked>& ranking, const score::Profile& profile,
                    const score::Overlap& overlap);
    void setQuery(const CodeQuery& query);
    const CodeQuery& query() const { return query_; }
    std::uint64_t listedRecords() const { return listed_; }
    std::size_t known() const { return all_.size(); }
    /// Code word of a row; 0 = no such row.
    std::uint64_t wordAt(int row) const {
        return row >= 0 && std::size_t(row) < rows_.size() ? rows_[std::size_t(row)].count.word : 0;
    }
    int rowOf(std::uint64_t word) const;  ///< -1 = not listed

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void list();
    QVariant display(std::size_t row, int column) const;
    QVariant raw(std::size_t row, int column) const;

    std::vector<score::Ranked> all_, rows_;
    std::unordered_map<std::uint64_t, double> discounted_;  ///< by word
    std::vector<std::string> codes_;                        ///< by test
    CodeLook look_;
    CodeQuery query_;
    std::vector<std::uint64_t> cumulative_;  ///< records up to and including the row
    std::uint64_t listed_ = 0, most_ = 0;
    int worst_ = 0;  ///< badness of the full bar
    int sortColumn_ = kBadness;
    Qt::SortOrder sortOrder_ = Qt::DescendingOrder;
};

}  // namespace weir::ui
