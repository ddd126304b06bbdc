// Two rule texts side by side with the flows that each rule takes.
#pragma once

#include "core/refine/align.h"
#include "core/session/judge.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

class CompareTextModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kBefore, kBeforeFlows, kAfter, kAfterFlows, kColumns };
    enum Role : int { kAlignRole = Qt::UserRole + 300 };   ///< int(refine::AlignKind)

    using QAbstractTableModel::QAbstractTableModel;
    /// `onlyChanges`: equal lines farther than two from a change are left out.
    void set(const session::JudgementPtr& before, const session::JudgementPtr& after, bool onlyChanges);
    std::size_t changes() const { return changes_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString flowsOf(const refine::AlignedLine& line, bool after) const;

    session::JudgementPtr before_, after_;
    std::vector<refine::AlignedLine> lines_;
    std::size_t changes_ = 0;
};

}  // namespace weir::ui
