// Classes (or badness values) with their flows under champion and challenger, as bars side by side.
#pragma once

#include "core/session/verbs/compare.h"
#include "core/session/verbs/compare_scores.h"

#include <QAbstractTableModel>
#include <QColor>

#include <vector>

namespace weir::ui {

/// One row per class (or badness); for classes, a last row for conflicts. GUI thread only.
class ClassChangeModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kClass, kBefore, kBeforeBar, kAfter, kAfterBar, kChange, kColumns };

    using QAbstractTableModel::QAbstractTableModel;
    void set(const session::RuleComparison& comparison);
    void set(const session::ScoreComparison& comparison);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString name;
        std::uint64_t before = 0, after = 0;
        QColor color = {};
        bool isClass = false, error = false;
    };
    Row& rowOf(const QString& name);
    void fill(const compare::Migration& migration);
    std::vector<Row> rows_;  ///< those of both, then conflicting flows
    std::uint64_t most_ = 0;
};

}  // namespace weir::ui
