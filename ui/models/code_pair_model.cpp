// See code_pair_model.h.
#include "ui/models/code_pair_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {

void CodePairModel::setSides(Side first, Side second) {
    beginResetModel();
    sides_ = {std::move(first), std::move(second)};
    const auto& a = sides_[0].top.rows;
    common_ = int(
        std::count_if(a.begin(), a.end(), [this](const CodeTop::Row& row) { return inOther(sides_[1], row.value); }));
    listed_ = int(a.size() + sides_[1].top.rows.size()) - common_;
    endResetModel();
}

bool CodePairModel::inOther(const Side& other, const QString& value) const {
    return std::any_of(other.top.rows.begin(), other.top.rows.end(),
                       [&](const CodeTop::Row& row) { return row.value == value; });
}

QString CodePairModel::valueAt(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    const auto& rows = sides_[std::size_t(index.column() / kPerCode)].top.rows;
    return std::size_t(index.row()) < rows.size() ? rows[std::size_t(index.row())].value : QString();
}

int CodePairModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid()) return 0;
    const int rows = int(std::max(sides_[0].top.rows.size(), sides_[1].top.rows.size()));
    return rows + (sides_[0].top.others + sides_[1].top.others > 0);
}
int CodePairModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant CodePairModel::display(const Side& side, const Side& other, int row, int column) const {
    if (std::size_t(row) >= side.top.rows.size()) {
        if (row + 1 != rowCount() || side.top.others == 0) return {};
        return column == kValue     ? QVariant(tr("others"))
               : column == kRecords ? QVariant(count(side.top.otherRecords))
                                    : QVariant();
    }
    const CodeTop::Row& r = side.top.rows[std::size_t(row)];
    if (column == kValue) return r.value;
    if (column == kMark) return inOther(other, r.value) ? QStringLiteral("◆") : QString();
    return column == kRecords ? QVariant(count(r.records)) : QVariant();
}

QVariant CodePairModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto s = std::size_t(index.column() / kPerCode);
    const Side &side = sides_[s], &other = sides_[1 - s];
    const int column = index.column() % kPerCode;
    const bool there = std::size_t(index.row()) < side.top.rows.size();
    switch (role) {
        case Qt::DisplayRole: return display(side, other, index.row(), column);
        case kRawRole:
            return there && column == kRecords ? QVariant(quint64(side.top.rows[std::size_t(index.row())].records))
                                               : display(side, other, index.row(), column);
        case Qt::ToolTipRole:
            return column == kMark && inOther(other, valueAt(index)) ? tr("Also among the ports of %1").arg(other.name)
                                                                     : QVariant();
        case Qt::TextAlignmentRole:
            return int((column == kMark ? Qt::AlignHCenter : Qt::AlignRight) | Qt::AlignVCenter);
        case kToneRole: return int(there ? Tone::normal : Tone::secondary);
        case kShareRole:
            return there && side.top.rows.front().records
                       ? double(side.top.rows[std::size_t(index.row())].records) / double(side.top.rows.front().records)
                       : 0.0;
        case kColorRole: return side.color;
        default: return {};
    }
}

QVariant CodePairModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const Side& side = sides_[std::size_t(section / kPerCode)];
    return section % kPerCode == kValue ? side.name : section % kPerCode == kRecords ? tr("Records") : QString();
}

}  // namespace weir::ui
