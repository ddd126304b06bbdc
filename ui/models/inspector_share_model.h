// One list of the Inspector: values with the flows they received and sent, or with one number.
#pragma once

#include "ui/models/inspector_subject.h"

#include <QAbstractTableModel>

namespace weir::ui {

/// One row per value. GUI thread only.
class InspectorShareModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kValue, kTo, kFrom, kColumns };

    using QAbstractTableModel::QAbstractTableModel;
    void setList(InspectorSubject::ShareList list);
    const InspectorSubject::ShareList& list() const { return list_; }
    bool bothWays() const { return !list_.fromTitle.isEmpty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    InspectorSubject::ShareList list_;
};

}  // namespace weir::ui
