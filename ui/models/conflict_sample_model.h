// A few flows of one sign combination.
#pragma once

#include "core/session/rows/row_reader.h"
#include "core/session/rows/sign_part.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

enum class Zone : unsigned char;

/// Up to `most` inbound flows with exactly this sign word, in order of time. Scans all words, so run it as a job.
Result<std::vector<session::RowData>> sampleFlows(const session::SnapshotPtr& snapshot,
                                                  const session::JudgementPtr& judgement, rules::Word word,
                                                  std::size_t most, JobContext& job);
/// The same among the flows of a part, in their order.
Result<std::vector<session::RowData>> sampleFlows(const session::SignPart& part, const session::JudgementPtr& judgement,
                                                  rules::Word word, std::size_t most, JobContext& job);

/// One row per flow. GUI thread only.
class ConflictSampleModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kId, kFirst, kProtocol, kSource, kDestination, kFlags, kPackets, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    void setFlows(std::vector<session::RowData> flows);
    void setZone(Zone zone);
    const session::RowData& flowAt(int row) const { return flows_[std::size_t(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<session::RowData> flows_;
    Zone zone_{};
};

}  // namespace weir::ui
