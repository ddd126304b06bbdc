// The rules of other classes that overlap with one rule, observed or possible.
#pragma once

#include "ui/models/inspector_subject.h"

#include <QAbstractTableModel>

#include <vector>

namespace weir::ui {

/// One row per rule. GUI thread only.
class InspectorMeetingModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kRule, kClass, kFlows, kWords, kColumns };
    using QAbstractTableModel::QAbstractTableModel;
    void setMeetings(std::vector<InspectorSubject::Meeting> meetings);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<InspectorSubject::Meeting> meetings_;
};

}  // namespace weir::ui
