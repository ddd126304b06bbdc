// See inspector_share_model.h.
#include "ui/models/inspector_share_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

namespace weir::ui {

void InspectorShareModel::setList(InspectorSubject::ShareList list) {
    beginResetModel();
    list_ = std::move(list);
    endResetModel();
}

int InspectorShareModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(list_.lines.size());
}
int InspectorShareModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : bothWays() ? kColumns : kFrom;
}

QVariant InspectorShareModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& line = list_.lines[index.row()];
    const bool number = index.column() != kValue;
    const std::uint64_t value = index.column() == kTo ? line.to : line.from;
    switch (role) {
        case Qt::DisplayRole:
            if (number) return count(value);
            return line.about.isEmpty() ? line.value : line.value + QStringLiteral("  ") + line.about;
        case Qt::ToolTipRole: return line.help;
        case kRawRole: return number ? QVariant(qulonglong(value)) : QVariant(line.value);
        case kClassesRole: return !number && list_.classes ? QVariant(QStringList{line.value}) : QVariant();
        case kToneRole: return int(number && value == 0 ? Tone::dim : Tone::normal);
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default: return {};
    }
}

QVariant InspectorShareModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kValue ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == kValue ? list_.valueTitle : section == kTo ? list_.toTitle : list_.fromTitle;
}

}  // namespace weir::ui
