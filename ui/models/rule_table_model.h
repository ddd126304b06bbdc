// The rules as a table: one row per rule, one column per sign. Editing a cell edits the rule text.
#pragma once

#include "core/explain/evasion.h"
#include "core/session/evidence/judge.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace weir::ui {

/// What a rule requires of a sign; the number is the cell's kRawRole.
enum class SignTerm { any = 0, present = 1, absent = -1 };

/// GUI thread only. Independent of the editor: setting a cell returns the changed text.
class RuleTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int kRule = 0, kClass = 1, kFirstSign = 2;
    using QAbstractTableModel::QAbstractTableModel;

    void setJudgement(session::JudgementPtr judgement);
    const session::JudgementPtr& judgement() const { return judgement_; }
    int signCount() const { return judgement_ ? int(judgement_->parsed.set.signNames.size()) : 0; }
    int flowsColumn() const { return kFirstSign + signCount(); }
    int evasionColumn() const { return flowsColumn() + 1; }
    bool isSign(int column) const { return column >= kFirstSign && column < flowsColumn(); }

    SignTerm termAt(int row, int column) const;
    /// The rule text with this term in place of the existing one. REQUIRES: isSign(column).
    std::string textWith(int row, int column, SignTerm term) const;
    std::string textWithoutRule(int row) const;
    /// The rule text with a copy of the rule after it, under the next free number.
    std::string textWithCopy(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const rules::Rule& ruleAt(int row) const { return judgement_->parsed.set.rules[std::size_t(row)]; }
    QVariant display(int row, int column) const;
    QString help(int row, int column) const;
    const std::vector<explain::Evasion>& evasions(int row) const;

    session::JudgementPtr judgement_;
    mutable std::vector<std::optional<std::vector<explain::Evasion>>> evasions_;  ///< by rule, computed on demand
};

}  // namespace weir::ui
