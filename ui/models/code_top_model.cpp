// See code_top_model.h.
#include "ui/models/code_top_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

namespace weir::ui {

void CodeTopModel::setTop(const CodeTop& top, const QColor& color) {
    beginResetModel();
    top_ = top;
    color_ = color;
    endResetModel();
}

QString CodeTopModel::valueAt(int row) const {
    return row >= 0 && std::size_t(row) < top_.rows.size() ? top_.rows[std::size_t(row)].value : QString();
}

int CodeTopModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(top_.rows.size()) + (top_.others > 0);
}
int CodeTopModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant CodeTopModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const bool others = isOthers(index.row());
    const std::uint64_t records = others ? top_.otherRecords : top_.rows[std::size_t(index.row())].records;
    switch (role) {
        case Qt::DisplayRole:
            if (index.column() == kValue)
                return others ? tr("%1 others").arg(count(top_.others)) : valueAt(index.row());
            if (index.column() == kRecords) return count(records);
            return index.column() == kPercent ? QVariant(percent(top_.share(records))) : QVariant();
        case kRawRole:
            if (index.column() == kRecords) return quint64(records);
            return index.column() == kPercent ? QVariant(top_.share(records)) : data(index, Qt::DisplayRole);
        case Qt::TextAlignmentRole:
            return int((index.column() == kValue ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case kToneRole: return int(others ? Tone::secondary : Tone::normal);
        case kShareRole: return others || top_.rows.empty() ? 0.0 : double(records) / double(top_.rows.front().records);
        case kColorRole: return color_;
        default: return {};
    }
}

QVariant CodeTopModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kValue || section == kShare ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == kValue ? title_ : section == kRecords ? tr("Records") : section == kShare ? tr("Share") : tr("%");
}

}  // namespace weir::ui
