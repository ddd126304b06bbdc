// Two rule texts, or two score profiles, side by side, with the flows that each rule matches or the records that have
// the code of each test.
#pragma once

#include "core/refine/align.h"
#include "core/session/evidence/judge.h"
#include "core/session/verbs/compare_scores.h"

#include <QAbstractTableModel>

#include <map>
#include <string>
#include <vector>

namespace weir::ui {

/// One row per aligned line. GUI thread only.
class CompareTextModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kBefore, kBeforeFlows, kAfter, kAfterFlows, kColumns };
    enum Role : int { kAlignRole = Qt::UserRole + 300 };  ///< int(refine::AlignKind)

    using QAbstractTableModel::QAbstractTableModel;
    /// A text and the count of each of its rules or tests, by line.
    struct Side {
        std::string text;
        std::map<std::size_t, std::uint64_t> flows;
        bool records = false;  ///< counts records instead of flows
    };
    static Side sideOf(const session::Judgement& judgement);
    static Side sideOf(const session::ScoreComparison& comparison,
                       bool ofChampion);  ///< counts what the comparison counts
    /// `onlyChanges` omits equal lines more than two lines from a change.
    void set(Side before, Side after, bool onlyChanges);
    std::size_t changes() const { return changes_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString flowsOf(const refine::AlignedLine& line, bool after) const;

    Side before_, after_;
    std::vector<refine::AlignedLine> lines_;
    std::size_t changes_ = 0;
};

}  // namespace weir::ui
