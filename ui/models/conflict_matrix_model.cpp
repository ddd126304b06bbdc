// See conflict_matrix_model.h. The cells are filled once per judgement; nothing is counted while painting.
#include "ui/models/conflict_matrix_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/heat_delegate.h"
#include "ui/models/combination_text.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {

void ConflictMatrixModel::setJudgement(session::JudgementPtr judgement) {
    std::vector<int> order;
    if (judgement)
        for (const auto c : judgement->parsed.set.order) order.push_back(c);
    const bool same = judgement_ && judgement && order == order_ &&
                      judgement->parsed.set.classes.size() == judgement_->parsed.set.classes.size();
    if (!same) beginResetModel();
    judgement_ = std::move(judgement);
    order_ = std::move(order);
    const auto n = order_.size();
    cells_.assign(n * n, {});
    most_ = 0;
    const auto place = [this](int c) { return std::size_t(std::ranges::find(order_, c) - order_.begin()); };
    if (judgement_) {
        const auto& report = judgement_->conflicts;
        for (std::size_t i = 0; i < n; ++i)
            if (std::size_t(order_[i]) < report.onlyClass.size())
                cells_[i * n + i].flows = report.onlyClass[std::size_t(order_[i])];
        for (const auto& pair : report.pairs) {
            const auto a = place(pair.a), b = place(pair.b);
            if (a >= n || b >= n) continue;
            cells_[a * n + b] = cells_[b * n + a] = {pair.flows, pair.possibleWords};
            most_ = std::max(most_, pair.flows);
        }
    }
    if (!same)
        endResetModel();
    else if (n)
        emit dataChanged(index(0, 0), index(int(n) - 1, int(n) - 1));
}

std::optional<std::pair<int, int>> ConflictMatrixModel::pairAt(const QModelIndex& index) const {
    if (!index.isValid() || index.row() == index.column()) return {};
    const auto [first, second] = std::minmax({index.row(), index.column()});
    return std::pair{order_[std::size_t(first)], order_[std::size_t(second)]};
}

QModelIndex ConflictMatrixModel::cellOf(int a, int b) const {
    const auto row = std::ranges::find(order_, a), column = std::ranges::find(order_, b);
    if (row == order_.end() || column == order_.end()) return {};
    const auto [first, second] = std::minmax({int(row - order_.begin()), int(column - order_.begin())});
    return index(first, second);
}

const conflict::ClassPair* ConflictMatrixModel::reportOf(int a, int b) const {
    if (!judgement_) return nullptr;
    for (const auto& pair : judgement_->conflicts.pairs)
        if ((pair.a == a && pair.b == b) || (pair.a == b && pair.b == a)) return &pair;
    return nullptr;
}

int ConflictMatrixModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(order_.size()); }
int ConflictMatrixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(order_.size());
}

QString ConflictMatrixModel::text(int row, int column) const {
    const auto& c = cell(row, column);
    if (row <= column) return count(c.flows);
    const rules::Check& check = judgement_->check;
    if (c.words == 0) return isProvenNever(check, 0) ? tr("never") : tr("undecided");
    return check.counted ? count(c.words) : tr("possible");
}

int ConflictMatrixModel::tone(int row, int column) const {
    const auto& c = cell(row, column);
    if (row == column) return int(Tone::secondary);
    if (row < column) return int(c.flows ? Tone::normal : Tone::dim);
    return int(isProvenNever(judgement_->check, c.words) ? Tone::good : c.flows ? Tone::error : Tone::warning);
}

QString ConflictMatrixModel::help(int row, int column) const {
    const auto& c = cell(row, column);
    const auto name = [this](int i) { return fromUtf8(judgement_->className(std::uint16_t(order_[std::size_t(i)]))); };
    if (row == column)
        return tr("%1 flow(s) claimed only by %2", nullptr, pluralOf(c.flows)).arg(count(c.flows), name(row));
    const auto pair = tr("%1 and %2").arg(name(std::min(row, column)), name(std::max(row, column)));
    if (c.words == 0 && !isProvenNever(judgement_->check, 0))
        return tr("Undecided whether %1 can conflict: the search reached its limit").arg(pair);
    if (c.words == 0)
        return tr("%1 can never conflict: no admissible sign combination matches both (proven)").arg(pair);
    if (c.flows == 0)
        return tr("%1 could conflict in %2 combination(s), none observed", nullptr,
                  pluralOf(judgement_->check.counted ? c.words : 2))
            .arg(pair, wordCount(judgement_->check, c.words));
    return tr("%1: %2 conflicting flow(s); combinations that could conflict: %3", nullptr, pluralOf(c.flows))
        .arg(pair, count(c.flows), wordCount(judgement_->check, c.words));
}

QVariant ConflictMatrixModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const int row = index.row(), column = index.column();
    const auto& c = cell(row, column);
    switch (role) {
        case Qt::DisplayRole: return text(row, column);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return help(row, column);
        case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
        case kRawRole: return qulonglong(row <= column ? c.flows : c.words);
        case kToneRole: return tone(row, column);
        case kHeatRole: return row > column ? QVariant() : row == column ? 0.0 : double(c.flows);
        case kHeatMostRole: return double(most_);
        default: return {};
    }
}

QVariant ConflictMatrixModel::headerData(int section, Qt::Orientation, int role) const {
    if (!judgement_ || section < 0 || std::size_t(section) >= order_.size()) return {};
    const QString name = fromUtf8(judgement_->className(std::uint16_t(order_[std::size_t(section)])));
    if (role == Qt::DisplayRole) return Theme::classShortName(name);
    if (role == Qt::ToolTipRole) return name;
    if (role == kClassesRole) return QStringList{name};
    return {};
}

}  // namespace weir::ui
