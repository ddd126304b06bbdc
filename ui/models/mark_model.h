// Tags and silences of the project in one table.
#pragma once

#include "core/session/evidence/silences.h"
#include "core/session/rows/marks.h"

#include <QAbstractTableModel>

#include <optional>
#include <variant>
#include <vector>

namespace weir::ui {

/// GUI thread only.
class MarkModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kKind, kName, kFilter, kRecords, kUntil, kNote, kTime, kColumns };
    struct Row {
        std::variant<session::Mark, session::Silence> item;
        std::optional<std::uint64_t> records;  ///< nullopt = not known yet, invalid filter, or expired
        bool over = false;                     ///< the last day of the silence is past
    };

    using QAbstractTableModel::QAbstractTableModel;
    /// Replaces the rows. Rows that already existed keep their counts until setRecords().
    void setRows(std::vector<Row> rows);
    void setRecords(const std::vector<std::optional<std::uint64_t>>& records);  ///< by row
    const std::vector<Row>& rows() const { return rows_; }
    static QString filterOf(const Row& row);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const Row& row, int column) const;
    std::vector<Row> rows_;
};

}  // namespace weir::ui
