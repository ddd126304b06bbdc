// See code_overlap_model.h.
#include "ui/models/code_overlap_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/text/format.h"

#include <QLocale>

#include <algorithm>

namespace weir::ui {

void CodeOverlapModel::setOverlap(score::Overlap overlap, const score::Profile& profile) {
    beginResetModel();
    overlap_ = std::move(overlap);
    look_ = CodeLook(profile);
    codes_.clear();
    for (const score::Test& test : profile.tests) codes_ << fromUtf8(test.code);
    shown_.clear();
    for (std::size_t t = 0; t < overlap_.tests(); ++t)
        if (overlap_.both(t, t) != 0) shown_.push_back(t);
    endResetModel();
}

QString CodeOverlapModel::help(std::size_t a, std::size_t b) const {
    if (a == b)
        return tr("%1: %2 record(s)", nullptr, pluralOf(overlap_.both(a, a)))
            .arg(codes_[qsizetype(a)], count(overlap_.both(a, a)));
    const auto [first, second] = std::minmax(a, b);
    QString text =
        tr("%1 and %2: %3 record(s) with both, %4 % of those with either", nullptr, pluralOf(overlap_.both(a, b)))
            .arg(codes_[qsizetype(first)], codes_[qsizetype(second)], count(overlap_.both(a, b)),
                 percent(overlap_.likeness(a, b)));
    if (const double lift = overlap_.lift(a, b); lift > 0)
        text += u'\n' + tr("%1 times as often as by chance").arg(QLocale().toString(lift, 'f', 2));
    return text;
}

QVariant CodeOverlapModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::size_t a = shown_[std::size_t(index.row())], b = shown_[std::size_t(index.column())];
    const std::uint64_t both = overlap_.both(a, b);
    switch (role) {
        case Qt::DisplayRole:
            return a <= b      ? QVariant(count(both))
                   : both == 0 ? QVariant()
                               : QVariant(tr("%1 %").arg(percent(overlap_.likeness(a, b))));
        case kRawRole: return a <= b ? QVariant(quint64(both)) : QVariant(overlap_.likeness(a, b));
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return help(a, b);
        case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
        case kToneRole: return int(both == 0 ? Tone::dim : a == b ? Tone::secondary : Tone::normal);
        case kHeatRole: return a == b ? 0.0 : 1000 * overlap_.likeness(a, b);
        case kHeatMostRole: return 1000.0;
        default: return {};
    }
}

QVariant CodeOverlapModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (section < 0 || section >= int(shown_.size())) return {};
    if (role == Qt::DisplayRole) return look_.of(shown_[std::size_t(section)]).name;
    if (role == Qt::ToolTipRole) return codes_[qsizetype(shown_[std::size_t(section)])];
    if (role == Qt::TextAlignmentRole)
        return int((orientation == Qt::Horizontal ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

}  // namespace weir::ui
