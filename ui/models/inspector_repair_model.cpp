// See inspector_repair_model.h.
#include "ui/models/inspector_repair_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

namespace weir::ui {
namespace {

Tone toneOf(std::int64_t delta) { return delta < 0 ? Tone::good : delta > 0 ? Tone::error : Tone::dim; }

}  // namespace

void InspectorRepairModel::setRepairs(session::JudgementPtr judgement, std::vector<explain::Repair> repairs) {
    beginResetModel();
    judgement_ = std::move(judgement);
    repairs_ = std::move(repairs);
    endResetModel();
}

QString InspectorRepairModel::ruleAt(int row) const {
    return fromUtf8(judgement_->parsed.set.rules[repairs_[std::size_t(row)].rule].name);
}
QString InspectorRepairModel::signAt(int row) const { return fromUtf8(repairs_[std::size_t(row)].edit); }

int InspectorRepairModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(repairs_.size());
}
int InspectorRepairModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant InspectorRepairModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& repair = repairs_[std::size_t(index.row())];
    const int column = index.column();
    const std::int64_t delta = column == kConflicting ? repair.conflictingDelta : repair.unclassifiedDelta;
    switch (role) {
        case Qt::DisplayRole:
            return column == kEdit ? QString(ruleAt(index.row()) + QStringLiteral(" + ") + signAt(index.row()))
                                   : signedCount(delta);
        case kRawRole:
            return column == kEdit
                       ? QVariant(QString(ruleAt(index.row()) + QStringLiteral(" + ") + signAt(index.row())))
                       : QVariant(qlonglong(delta));
        case Qt::TextAlignmentRole: return int((column == kEdit ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case kToneRole: return int(column == kEdit ? Tone::normal : toneOf(delta));
        case Qt::ToolTipRole:
            return tr("Double-click or press Enter to add %1 to rule %2 (can be undone)")
                .arg(signAt(index.row()), ruleAt(index.row()));
        default: return {};
    }
}

QVariant InspectorRepairModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kEdit ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == kEdit ? tr("Edit") : section == kConflicting ? tr("Conflicting") : tr("Unclassified");
}

}  // namespace weir::ui
