// See iteration_diff_model.h.
#include "ui/models/iteration_diff_model.h"

#include "ui/delegates/diff_delegate.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {
namespace {

constexpr std::size_t kContext = 1;  ///< equal lines shown around a difference

std::vector<refine::DiffLine> folded(const std::vector<refine::DiffLine>& all) {
    std::vector<bool> keep(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == refine::DiffKind::same) continue;
        const auto from = i < kContext ? 0 : i - kContext, to = std::min(all.size(), i + kContext + 1);
        std::fill(keep.begin() + std::ptrdiff_t(from), keep.begin() + std::ptrdiff_t(to), true);
    }
    std::vector<refine::DiffLine> out;
    for (std::size_t i = 0; i < all.size();) {
        if (keep[i]) {
            out.push_back(all[i++]);
            continue;
        }
        std::size_t end = i;
        while (end < all.size() && !keep[end]) ++end;
        const auto n = end - i;
        const QString text =
            n == 1 ? IterationDiffModel::tr("… 1 equal line") : IterationDiffModel::tr("… %1 equal lines").arg(n);
        out.push_back({refine::DiffKind::same, toUtf8(text)});
        i = end;
    }
    return out;
}

}  // namespace

void IterationDiffModel::setTexts(const QString& before, const QString& after) {
    beginResetModel();
    const auto all = refine::diffLines(toUtf8(before), toUtf8(after));
    removed_ = std::size_t(std::ranges::count(all, refine::DiffKind::removed, &refine::DiffLine::kind));
    added_ = std::size_t(std::ranges::count(all, refine::DiffKind::added, &refine::DiffLine::kind));
    lines_ = folded(all);
    endResetModel();
}

int IterationDiffModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(lines_.size()); }

QVariant IterationDiffModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& line = lines_[std::size_t(index.row())];
    if (role == kDiffKindRole) return int(line.kind);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return fromUtf8(line.text);
    if (role != Qt::AccessibleTextRole) return {};
    const QString kind = line.kind == refine::DiffKind::removed ? tr("removed: ")
                         : line.kind == refine::DiffKind::added ? tr("added: ")
                                                                : QString();
    return QString(kind + fromUtf8(line.text));
}

}  // namespace weir::ui
