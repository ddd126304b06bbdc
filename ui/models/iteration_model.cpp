// See iteration_model.h.
#include "ui/models/iteration_model.h"

#include "core/base/text.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"

#include <QFont>

namespace weir::ui {

void IterationModel::setIterations(const std::vector<refine::Iteration>& iterations, std::int64_t baseId) {
    beginResetModel();
    iterations_ = iterations;
    baseId_ = baseId;
    endResetModel();
}

void IterationModel::setDraft(const session::JudgementPtr& judgement, const QString& edit) {
    draft_ = judgement;
    draftEdit_ = edit;
    emit dataChanged(index(0, 0), index(0, kColumns - 1));
}

int IterationModel::rowOf(std::int64_t id) const {
    if (id == 0) return 0;
    for (int row = 1; row < rowCount(); ++row)
        if (at(row).id == id) return row;
    return -1;
}

int IterationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(iterations_.size()) + 1;
}
int IterationModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant IterationModel::draftText(int column) const {
    switch (column) {
        case kId: return tr("draft");
        case kConflicting: return draft_ ? count(draft_->classes.conflicting) : QString();
        case kUnclassified: return draft_ ? count(draft_->classes.unclassified) : QString();
        case kEdit: return draftEdit_;
        default: return {};
    }
}

QVariant IterationModel::text(int row, int column) const {
    const auto& it = at(row);
    switch (column) {
        case kId: return QString(u'#' + QString::number(it.id));
        case kTag: return fromUtf8(it.tag);
        case kConflicting: return count(it.conflicting);
        case kUnclassified: return count(it.unclassified);
        case kEdit: return it.edit.empty() ? fromUtf8(it.name) : fromUtf8(it.edit);
        case kTime:
            if (const auto us = parseUtc(it.time)) return dateAndTime(*us, Zone::utc).section(u'.', 0, 0);
            return fromUtf8(it.time);
        default: return {};
    }
}

QVariant IterationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const int row = index.row(), column = index.column();
    const bool number = column == kConflicting || column == kUnclassified;
    const bool draft = row == 0;
    const auto conflicting = draft ? (draft_ ? draft_->classes.conflicting : 0) : at(row).conflicting;
    switch (role) {
        case Qt::DisplayRole: return draft ? draftText(column) : text(row, column);
        case kRawRole:
            if (column == kConflicting) return qulonglong(conflicting);
            if (column == kUnclassified)
                return qulonglong(draft ? (draft_ ? draft_->classes.unclassified : 0) : at(row).unclassified);
            if (column == kTime && !draft) return fromUtf8(at(row).time);
            return draft ? draftText(column) : text(row, column);
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole:
            if (column == kConflicting) return int(conflicting ? Tone::error : Tone::normal);
            return int(column == kTime || column == kEdit ? Tone::secondary : Tone::normal);
        case Qt::FontRole:
            if (column == kId && !draft && at(row).id == baseId_) {
                QFont font;
                font.setWeight(QFont::DemiBold);
                return font;
            }
            return {};
        case Qt::ToolTipRole:
            if (draft) return draftEdit_;
            return at(row).parent ? tr("%1 from #%2: %3")
                                        .arg(text(row, kId).toString())
                                        .arg(at(row).parent)
                                        .arg(fromUtf8(at(row).edit))
                                  : fromUtf8(at(row).edit);
        default: return {};
    }
}

QVariant IterationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kConflicting || section == kUnclassified ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kId: return tr("Id");
        case kTag: return tr("Tag");
        case kConflicting: return tr("Conflicting");
        case kUnclassified: return tr("Unclassified");
        case kEdit: return tr("Edit");
        default: return tr("Saved (UTC)");
    }
}

}  // namespace weir::ui
