// The highest values of one code as a table; the last row sums all other values.
#pragma once

#include "ui/state/code_top.h"

#include <QAbstractTableModel>
#include <QColor>

namespace weir::ui {

/// GUI thread only.
class CodeTopModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kValue, kRecords, kShare, kPercent, kColumns };
    CodeTopModel(const QString& valueTitle, QObject* parent) : QAbstractTableModel(parent), title_(valueTitle) {}
    void setTop(const CodeTop& top, const QColor& color);
    const CodeTop& top() const { return top_; }
    /// Value of a row; empty for the last row.
    QString valueAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isOthers(int row) const { return std::size_t(row) == top_.rows.size(); }
    CodeTop top_;
    QColor color_;
    QString title_;
};

}  // namespace weir::ui
