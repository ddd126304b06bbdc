// See conflict_list_model.h.
#include "ui/models/conflict_list_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/models/combination_text.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {

void ConflictListModel::set(session::JudgementPtr judgement, const conflict::Combinations* combinations) {
    beginResetModel();
    judgement_ = std::move(judgement);
    all_ = judgement_ ? combinations : nullptr;
    rebuild();
    endResetModel();
}

void ConflictListModel::setCutOff(std::uint64_t flows) {
    beginResetModel();
    cutOff_ = flows;
    rebuild();
    endResetModel();
}

void ConflictListModel::rebuild() {
    shown_ = 0;
    base_ = 0;
    cumulative_.clear();
    if (!all_) return;
    cumulative_.reserve(all_->size());
    for (std::size_t i = 0; i < all_->size(); ++i) {
        base_ += countAt(i).flows;
        cumulative_.push_back(base_);
        if (countAt(i).flows >= cutOff_) shown_ = i + 1;  // most flows come first: the shown ones are a prefix
    }
}

rules::Word ConflictListModel::wordAt(int row) const {
    return row >= 0 && std::size_t(row) < shown_ ? countAt(std::size_t(row)).word : 0;
}

int ConflictListModel::rowOf(rules::Word word) const {
    for (std::size_t i = 0; i < shown_; ++i)
        if (countAt(i).word == word) return int(i);
    return -1;
}

int ConflictListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(shown_); }
int ConflictListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ConflictListModel::display(std::size_t row, int column) const {
    switch (column) {
        case kSigns: return signsText(countAt(row).word, judgement_->parsed.set);
        case kFlows: return count(countAt(row).flows);
        case kCumulative: return percent(base_ ? double(cumulative_[row]) / double(base_) : 0.0);
        case kRules: return rulesText(*judgement_, countAt(row).word);
        default: return {};
    }
}

QVariant ConflictListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = std::size_t(index.row());
    const int column = index.column();
    const double base = double(std::max<std::uint64_t>(base_, 1));
    switch (role) {
        case Qt::DisplayRole: return display(row, column);
        case Qt::TextAlignmentRole:
            return int((column == kFlows || column == kCumulative ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole: return int(column == kCumulative ? Tone::secondary : Tone::normal);
        case kShareRole: return double(countAt(row).flows) / double(std::max<std::uint64_t>(countAt(0).flows, 1));
        case Qt::ToolTipRole:
            return column == kShare
                       ? tr("%1 % of %2 flows").arg(percent(double(countAt(row).flows) / base), count(base_))
                       : QVariant();
        case kRawRole:
            if (column == kFlows) return qulonglong(countAt(row).flows);
            if (column == kShare) return double(countAt(row).flows) / base;
            if (column == kCumulative) return double(cumulative_[row]) / base;
            return display(row, column);
        default: return {};
    }
}

QVariant ConflictListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kFlows || section == kCumulative ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kSigns: return tr("Sign combination");
        case kFlows: return tr("Flows");
        case kShare: return tr("Share");
        case kCumulative: return tr("Cum. %");
        default: return tr("Rules");
    }
}

}  // namespace weir::ui
