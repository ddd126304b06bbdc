// Code × code: above the diagonal the records that have both, below it their similarity, on it the records of a code.
#pragma once

#include "core/score/overlap.h"
#include "ui/code_look.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace weir::ui {

/// GUI thread only.
class CodeOverlapModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setOverlap(score::Overlap overlap, const score::Profile& profile);
    const score::Overlap& overlap() const { return overlap_; }
    /// Test of a section (index in the profile).
    int testAt(int section) const { return int(shown_[std::size_t(section)]); }

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(shown_.size()); }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(shown_.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString help(std::size_t a, std::size_t b) const;
    score::Overlap overlap_;
    CodeLook look_;
    QStringList codes_;
    std::vector<std::size_t> shown_;  ///< tests
};

}  // namespace weir::ui
