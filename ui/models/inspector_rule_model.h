// Rules compared with one sign word: those that match, those that miss it by one sign, optionally all.
#pragma once

#include "core/explain/explain.h"
#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

/// One row per rule. GUI thread only.
class InspectorRuleModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kRule, kClass, kVerdict, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    /// Sets the rules; matching ones first, then by number of missed signs.
    void setLines(session::JudgementPtr judgement, std::vector<explain::RuleLine> lines);
    void setAll(bool all);
    bool all() const { return all_; }
    int matching() const { return matching_; }
    int missingByOne() const { return near_ - matching_; }
    int known() const { return int(lines_.size()); }
    int ruleAt(int row) const { return lines_[std::size_t(row)].rule; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    session::JudgementPtr judgement_;
    std::vector<explain::RuleLine> lines_;
    int matching_ = 0, near_ = 0;
    bool all_ = false;
};

}  // namespace weir::ui
