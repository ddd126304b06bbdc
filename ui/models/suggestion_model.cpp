// See suggestion_model.h.
#include "ui/models/suggestion_model.h"

#include "core/session/evidence/judge.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

namespace weir::ui {

void SuggestionModel::set(std::vector<refine::Suggestion> suggestions) {
    beginResetModel();
    rows_ = std::move(suggestions);
    endResetModel();
}

int SuggestionModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int SuggestionModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString SuggestionModel::help(const refine::Suggestion& s) const {
    QStringList lines{fromUtf8(s.rule).replace(QStringLiteral("; "), QStringLiteral("\n"))};
    for (const refine::ClassDelta& d : s.classes)
        lines << tr("%1: %2 flows").arg(fromUtf8(d.className), signedCount(d.flows));
    if (s.createsConflicts)
        lines << tr("%1 unseen combination(s) would conflict, for example %2", nullptr, pluralOf(s.createsConflicts))
                     .arg(count(s.createsConflicts), fromUtf8(s.witnessSigns));
    return lines.join(u'\n');
}

QVariant SuggestionModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const refine::Suggestion& s = rows_[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            switch (column) {
                case kEdit: return fromUtf8(s.edit);
                case kClass: return Theme::classShortName(fromUtf8(s.className));
                case kConflicting: return signedCount(s.conflictingDelta);
                case kUnclassified: return signedCount(s.unclassifiedDelta);
                case kNewConflicts: return s.createsConflicts ? count(s.createsConflicts) : tr("none");
                case kTakes: return count(s.takes);
                default: return fromUtf8(s.rule);
            }
        case kRawRole:
            if (column == kConflicting || column == kUnclassified)
                return qlonglong(column == kConflicting ? s.conflictingDelta : s.unclassifiedDelta);
            if (column == kNewConflicts || column == kTakes)
                return qulonglong(column == kTakes ? s.takes : s.createsConflicts);
            return column == kClass ? fromUtf8(s.className) : data(index, Qt::DisplayRole);
        case Qt::ToolTipRole: return help(s);
        case kClassesRole: return column == kClass ? QVariant(QStringList{fromUtf8(s.className)}) : QVariant();
        case Qt::TextAlignmentRole:
            return int((column >= kConflicting && column <= kTakes ? Qt::AlignRight : Qt::AlignLeft) |
                       Qt::AlignVCenter);
        case kToneRole:
            if (column == kConflicting || column == kUnclassified) {
                const auto delta = column == kConflicting ? s.conflictingDelta : s.unclassifiedDelta;
                return int(delta < 0 ? Tone::good : delta > 0 ? Tone::error : Tone::dim);
            }
            return int(column == kNewConflicts               ? (s.createsConflicts ? Tone::warning : Tone::dim)
                       : column == kRule || column == kTakes ? Tone::secondary
                                                             : Tone::normal);
        default: return {};
    }
}

QVariant SuggestionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= kConflicting && section <= kTakes ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == kNewConflicts)
        return tr("Admissible combinations that would conflict; none is observed");
    if (role == Qt::ToolTipRole && section == kTakes)
        return tr("Admissible sign combinations that the rule would match");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kEdit: return tr("Edit");
        case kClass: return tr("Class");
        case kConflicting: return tr("In conflict");
        case kUnclassified: return tr("Unclassified");
        case kNewConflicts: return tr("New conflicts");
        case kTakes: return tr("Matches");
        default: return tr("Rule");
    }
}

}  // namespace weir::ui
