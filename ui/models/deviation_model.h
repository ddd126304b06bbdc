// Differences between one population of flows and a baseline: by class, or by sign combination.
#pragma once

#include "core/session/verbs/deviation.h"

#include <QAbstractTableModel>

#include <memory>

namespace weir::ui {

/// One row per class or combination. GUI thread only.
class DeviationModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kClass, kSigns, kBaseline, kExpected, kExpectedBar, kNow, kNowBar, kExcess, kFactor, kColumns };

    using QAbstractTableModel::QAbstractTableModel;
    /// Sets a comparison without errors, or nullptr. `byCombination` false lists classes, with a row for all and one
    /// for conflicts below.
    void set(std::shared_ptr<const session::FlowComparison> comparison, bool byCombination);

    struct Item {
        std::string className;  ///< empty: all classes, or none in particular
        rules::Word word = 0;   ///< 0: all combinations of the class
        bool conflicting = false;
    };
    /// What a row shows. REQUIRES: `row` is valid.
    Item itemAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    compare::Change changeAt(std::size_t row) const;
    QString text(std::size_t row, int column) const;
    QVariant raw(std::size_t row, int column) const;
    bool isAll(std::size_t row) const { return !byCombination_ && row == comparison_->deviation.classes.size(); }
    bool isConflicts(std::size_t row) const { return !byCombination_ && row > comparison_->deviation.classes.size(); }

    std::shared_ptr<const session::FlowComparison> comparison_;
    bool byCombination_ = false;
    double most_ = 0;  ///< most flows, expected or seen, of any row except "all"
};

}  // namespace weir::ui
