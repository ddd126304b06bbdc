// See inspector_meeting_model.h.
#include "ui/models/inspector_meeting_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

namespace weir::ui {

void InspectorMeetingModel::setMeetings(std::vector<InspectorSubject::Meeting> meetings) {
    beginResetModel();
    meetings_ = std::move(meetings);
    endResetModel();
}

int InspectorMeetingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(meetings_.size());
}
int InspectorMeetingModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant InspectorMeetingModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& m = meetings_[std::size_t(index.row())];
    const bool number = index.column() >= kFlows;
    const auto value = index.column() == kFlows ? m.flows : m.words;
    switch (role) {
        case Qt::DisplayRole:
            if (number) return count(value);
            return index.column() == kRule ? m.rule : Theme::classShortName(m.className);
        case kRawRole:
            return number ? QVariant(qulonglong(value)) : QVariant(index.column() == kRule ? m.rule : m.className);
        case kClassesRole: return index.column() == kClass ? QVariant(QStringList{m.className}) : QVariant();
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole:
            if (index.column() == kFlows) return int(m.flows ? Tone::error : Tone::dim);
            return int(index.column() == kWords && !m.flows ? Tone::warning : Tone::normal);
        default: return {};
    }
}

QVariant InspectorMeetingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kRule: return tr("Rule");
        case kClass: return tr("Class");
        case kFlows: return tr("Flows");
        default: return tr("Combinations");
    }
}

}  // namespace weir::ui
