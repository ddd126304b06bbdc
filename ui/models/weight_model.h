// The tests of the score profile with their points, which can be edited in place, and the records that have each code.
#pragma once

#include "ui/code_look.h"

#include <QAbstractTableModel>

namespace weir::ui {

class ScoreBoard;

/// GUI thread only. Reads and edits the board.
class WeightModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kCode, kPoints, kRecords, kColumns };

    explicit WeightModel(ScoreBoard& board, QObject* parent);
    const CodeLook& look() const { return look_; }
    bool isGood(int test) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void testsChanged();  ///< the rows have changed, not only values

private:
    void follow();
    /// Names of lists that the test uses and the project does not have.
    QStringList missingLists(std::size_t test) const;

    ScoreBoard& board_;
    CodeLook look_;
    QStringList codes_;  ///< of the rows shown
};

}  // namespace weir::ui
