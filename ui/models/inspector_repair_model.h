// Edits that would resolve a conflict, with their effect on all flows.
#pragma once

#include "core/explain/explain.h"
#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

/// One row per edit. GUI thread only.
class InspectorRepairModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kEdit, kConflicting, kUnclassified, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    void setRepairs(session::JudgementPtr judgement, std::vector<explain::Repair> repairs);
    /// Name of the rule to edit, and the sign to add ("!PotOk").
    QString ruleAt(int row) const;
    QString signAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    session::JudgementPtr judgement_;
    std::vector<explain::Repair> repairs_;
};

}  // namespace weir::ui
