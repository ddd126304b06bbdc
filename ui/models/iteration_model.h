// The draft, then the saved iterations, newest first.
#pragma once

#include "core/refine/iterations.h"
#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>
#include <QString>

#include <cstdint>
#include <vector>

namespace weir::ui {

/// Row 0 is the draft. GUI thread only.
class IterationModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kId, kTag, kConflicting, kUnclassified, kEdit, kTime, kColumns };
    using QAbstractTableModel::QAbstractTableModel;

    /// Sets the iterations in order of saving; `baseId` is marked as the one that the draft is compared with.
    void setIterations(const std::vector<refine::Iteration>& iterations, std::int64_t baseId);
    /// Sets the draft's row. `judgement` may be null; `edit` describes the edit ("same as #8" when there is none).
    void setDraft(const session::JudgementPtr& judgement, const QString& edit);
    /// Id of a row; 0 = the draft.
    std::int64_t idAt(int row) const { return row <= 0 ? 0 : at(row).id; }
    int rowOf(std::int64_t id) const;  ///< -1 when there is none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const refine::Iteration& at(int row) const { return iterations_[iterations_.size() - std::size_t(row)]; }
    QVariant draftText(int column) const;
    QVariant text(int row, int column) const;

    std::vector<refine::Iteration> iterations_;
    std::int64_t baseId_ = 0;
    session::JudgementPtr draft_;
    QString draftEdit_;
};

}  // namespace weir::ui
