// See sweep_model.h.
#include "ui/models/sweep_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

namespace weir::ui {
namespace {

QString moveList(const session::SweepRun& run, std::size_t most, const QString& between) {
    QStringList out;
    for (std::size_t i = 0; i < run.moves.size() && i < most; ++i)
        out << SweepModel::tr("%1 → %2: %3")
                   .arg(fromUtf8(run.moves[i].from), fromUtf8(run.moves[i].to), count(run.moves[i].flows));
    return out.join(between);
}

}  // namespace

void SweepModel::set(std::shared_ptr<const session::Sweep> sweep, std::uint64_t oneWay) {
    beginResetModel();
    sweep_ = std::move(sweep);
    oneWay_ = oneWay;
    endResetModel();
}

int SweepModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !sweep_ ? 0 : int(sweep_->runs.size());
}
int SweepModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant SweepModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const session::SweepRun& run = sweep_->runs[std::size_t(index.row())];
    const int column = index.column();
    const double share = oneWay_ ? double(run.flips) / double(oneWay_) : 0;
    switch (role) {
        case Qt::DisplayRole:
            switch (column) {
                case kValue: return run.present ? tr("%1 (current)").arg(fromUtf8(run.value)) : fromUtf8(run.value);
                case kFlips: return count(run.flips);
                case kShare: return percent(share);
                case kOneWay: return count(run.oneWay);
                case kConflicting: return count(run.conflicting);
                case kUnclassified: return count(run.unclassified);
                default: return moveList(run, 2, QStringLiteral(" · "));
            }
        case kRawRole:
            switch (column) {
                case kValue: return fromUtf8(run.value);
                case kFlips: return qulonglong(run.flips);
                case kShare: return share;
                case kOneWay: return qulonglong(run.oneWay);
                case kConflicting: return qulonglong(run.conflicting);
                case kUnclassified: return qulonglong(run.unclassified);
                default: return moveList(run, run.moves.size(), QStringLiteral("; "));
            }
        case Qt::ToolTipRole:
            return column == kMoves || column == kFlips ? moveList(run, 20, QStringLiteral("\n")) : QVariant();
        case Qt::TextAlignmentRole:
            return int((column >= kFlips && column <= kUnclassified ? Qt::AlignRight : Qt::AlignLeft) |
                       Qt::AlignVCenter);
        case kToneRole:
            return int(run.present                     ? Tone::dim
                       : column == kFlips && run.flips ? Tone::warning
                       : column == kValue              ? Tone::normal
                                                       : Tone::secondary);
        default: return {};
    }
}

QVariant SweepModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= kFlips && section <= kUnclassified ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == kFlips) return tr("Current one-way flows that would change class");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kValue: return tr("Value");
        case kFlips: return tr("Change class");
        case kShare: return tr("%");
        case kOneWay: return tr("One-way");
        case kConflicting: return tr("In conflict");
        case kUnclassified: return tr("Unclassified");
        default: return tr("Largest change");
    }
}

}  // namespace weir::ui
