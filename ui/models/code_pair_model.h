// The highest values of two codes side by side; those in both lists are marked.
#pragma once

#include "ui/state/code_top.h"

#include <QAbstractTableModel>
#include <QColor>

#include <array>

namespace weir::ui {

/// GUI thread only. Row i shows the i-th value of each list; the last row shows all other values.
class CodePairModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kValue, kMark, kRecords, kBar, kPerCode };  ///< of the first code; those of the second follow
    static constexpr int kColumns = 2 * kPerCode;
    struct Side {
        QString name;
        QColor color;
        CodeTop top;
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setSides(Side first, Side second);
    /// Number of values in both lists, and in either list.
    int common() const { return common_; }
    int listed() const { return listed_; }
    QString valueAt(const QModelIndex& index) const;  ///< empty where there is none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool inOther(const Side& other, const QString& value) const;
    QVariant display(const Side& side, const Side& other, int row, int column) const;

    std::array<Side, 2> sides_;
    int common_ = 0, listed_ = 0;
};

}  // namespace weir::ui
