// Rows are tally indices in shown order; texts are built when a cell is read, from masks of at most a few dozen rules.
#include "ui/models/combination_model.h"

#include "core/signs/sign_family.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/models/combination_text.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>
#include <climits>

namespace weir::ui {
namespace {

constexpr int kRight = int(Qt::AlignRight | Qt::AlignVCenter), kLeft = int(Qt::AlignLeft | Qt::AlignVCenter);

QStringList classNames(const session::Judgement& j, const std::vector<std::uint16_t>& classes) {
    QStringList names;
    for (const auto c : classes) names << fromUtf8(j.className(c));
    if (names.isEmpty()) names << fromUtf8(j.className(classify::kOther));
    return names;
}

}  // namespace

CombinationModel::CombinationModel(QObject* parent)
    : QAbstractTableModel(parent), sortColumn_(kFirstSign + signCount()) {}

void CombinationModel::setJudgement(session::JudgementPtr judgement) {
    beginResetModel();
    const int flows = flowsColumn();
    judgement_ = std::move(judgement);
    if (sortColumn_ >= flows) sortColumn_ += flowsColumn() - flows;
    rebuild();
    endResetModel();
    emit scopeChanged();
}

void CombinationModel::setQuery(const CombinationQuery& query) {
    if (query == query_) return;
    beginResetModel();
    query_ = query;
    rebuild();
    endResetModel();
    emit scopeChanged();
}

void CombinationModel::rebuild() {
    rows_.clear();
    cumulative_.clear();
    scope_ = {};
    most_ = 0;
    if (!judgement_) return;
    collect();
    order();
    accumulate();
}

void CombinationModel::collect() {
    const auto tally = judgement_->tally;
    scope_.all = tally.size();
    for (std::size_t i = 0; i < tally.size(); ++i) {
        scope_.allFlows += tally[i].flows;
        if (!query_.passes(tally[i].word)) continue;
        ++scope_.passing;
        scope_.passingFlows += tally[i].flows;
        if (tally[i].flows < query_.cutOff) continue;
        ++scope_.shown;
        scope_.shownFlows += tally[i].flows;
        most_ = std::max(most_, tally[i].flows);
        rows_.push_back(std::uint32_t(i));
    }
}

void CombinationModel::order() {
    if (sortColumn_ == kClass) {
        const auto key = [this](std::uint32_t row) {
            const auto classes = claimingClasses(*judgement_, judgement_->tally[row].word);
            const auto& rank = judgement_->parsed.set.rank;
            std::vector<int> ranks;
            for (const auto c : classes) ranks.push_back(c < rank.size() ? rank[c] : c);
            if (ranks.empty()) ranks.push_back(INT_MAX);
            return ranks;
        };
        std::vector<std::pair<std::vector<int>, std::uint32_t>> keyed;
        for (const auto row : rows_) keyed.emplace_back(key(row), row);
        std::ranges::stable_sort(keyed, {}, [](const auto& k) -> const std::vector<int>& { return k.first; });
        std::ranges::transform(keyed, rows_.begin(), [](const auto& k) { return k.second; });
    } else if (sortColumn_ == rulesColumn()) {
        const auto& set = judgement_->parsed.set;
        std::ranges::stable_sort(
            rows_, {}, [&](std::uint32_t row) { return rules::matchingRules(set, judgement_->tally[row].word); });
    } else {
        const auto flows = [&](std::uint32_t row) { return judgement_->tally[row].flows; };
        if (!std::ranges::is_sorted(rows_, std::ranges::greater{}, flows))
            std::ranges::stable_sort(rows_, std::ranges::greater{}, flows);  // as tallies are made
    }
    const bool byFlows = sortColumn_ != kClass && sortColumn_ != rulesColumn();
    if ((sortOrder_ == Qt::AscendingOrder) == byFlows) std::ranges::reverse(rows_);
}

void CombinationModel::accumulate() {
    std::uint64_t sum = 0;
    cumulative_.reserve(rows_.size());
    for (const auto row : rows_) cumulative_.push_back(sum += judgement_->tally[row].flows);
}

void CombinationModel::sort(int column, Qt::SortOrder order) {
    const bool sign = column >= kFirstSign && column < flowsColumn();
    if (sign || column < 0 || (column == sortColumn_ && order == sortOrder_)) return;
    beginResetModel();
    sortColumn_ = column;
    sortOrder_ = order;
    rebuild();
    endResetModel();
}

rules::Word CombinationModel::wordAt(int row) const {
    return row >= 0 && std::size_t(row) < rows_.size() ? countAt(std::size_t(row)).word : 0;
}

int CombinationModel::rowOf(rules::Word word) const {
    const auto row = judgement_ && judgement_->index ? judgement_->index->rowOf(word) : std::nullopt;
    if (!row) return -1;
    const auto at = std::ranges::find(rows_, *row);
    return at == rows_.end() ? -1 : int(at - rows_.begin());
}

int CombinationModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int CombinationModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : rulesColumn() + 1; }

QVariant CombinationModel::display(std::size_t row, int column) const {
    const auto& w = countAt(row);
    if (column == kClass) return classesText(*judgement_, claimingClasses(*judgement_, w.word));
    if (column < flowsColumn()) return w.word >> (column - kFirstSign) & 1 ? QStringLiteral("●") : QStringLiteral("○");
    if (column == flowsColumn()) return count(w.flows);
    if (column == rulesColumn()) return rulesText(*judgement_, w.word);
    const double base = double(std::max<std::uint64_t>(scope_.passingFlows, 1));
    if (column == percentColumn()) return percent(double(w.flows) / base);
    if (column == cumulativeColumn()) return percent(double(cumulative_[row]) / base);
    return {};
}

QVariant CombinationModel::raw(std::size_t row, int column) const {
    const auto& w = countAt(row);
    const double base = double(std::max<std::uint64_t>(scope_.passingFlows, 1));
    if (column >= kFirstSign && column < flowsColumn()) return int(w.word >> (column - kFirstSign) & 1);
    if (column == flowsColumn()) return qulonglong(w.flows);
    if (column == shareColumn() || column == percentColumn()) return double(w.flows) / base;
    if (column == cumulativeColumn()) return double(cumulative_[row]) / base;
    return display(row, column);
}

QVariant CombinationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = std::size_t(index.row());
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole: return display(row, column);
        case kRawRole: return raw(row, column);
        case Qt::TextAlignmentRole: return column >= flowsColumn() && column < rulesColumn() ? kRight : kLeft;
        case Qt::ToolTipRole:
            return column == kClass ? display(row, column) : signsText(countAt(row).word, judgement_->parsed.set);
        case kToneRole: return int(column == cumulativeColumn() ? Tone::secondary : Tone::normal);
        case kShareRole: return most_ ? double(countAt(row).flows) / double(most_) : 0.0;
        default: break;
    }
    if (role != kClassesRole && role != kColorRole) return {};
    const auto classes = claimingClasses(*judgement_, countAt(row).word);
    const QStringList names = classNames(*judgement_, classes);
    if (role == kClassesRole) return names;
    return names.size() > 1 ? Theme::current().error : Theme::classColor(names.front());
}

void CombinationModel::setSampling(std::uint32_t interval) {
    if (interval == sampling_) return;
    sampling_ = interval;
    emit headerDataChanged(Qt::Horizontal, kFirstSign, flowsColumn() - 1);
}

QVariant CombinationModel::userSignHeader(int bit, int role) const {
    const auto& set = judgement_->parsed.set;
    if (role == Qt::DisplayRole) return fromUtf8(set.signNames[std::size_t(bit)]);
    if (role != Qt::ToolTipRole) return {};
    const auto at = std::ranges::find(set.userSigns, unsigned(bit), &rules::UserSign::bit);
    const QString filter = at == set.userSigns.end() ? tr("Sign of another rule set") : fromUtf8(at->filter);
    return tr("%1\nClick: must hold. Again: must not hold. Again: off.").arg(filter);
}

QVariant CombinationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool sign = section >= kFirstSign && section < flowsColumn();
    if (role == Qt::TextAlignmentRole)
        return section >= flowsColumn() && section != shareColumn() && section < rulesColumn() ? kRight : kLeft;
    if (sign && section - kFirstSign >= int(signs::oneWay().size())) return userSignHeader(section - kFirstSign, role);
    const auto* def = sign ? &signs::oneWay().defs[std::size_t(section - kFirstSign)] : nullptr;
    const bool unreliable = sign && sampling_ > 1 && !def->sampled.empty();
    if (role == kToneRole && unreliable) return int(Tone::warning);
    if (role == Qt::ToolTipRole && unreliable)
        return tr("%1\nUnreliable: the exporter sampled 1 in %2 packets; %3.\nClick: must hold. Again: must not hold. "
                  "Again: off.")
            .arg(fromUtf8(def->help), count(sampling_), fromUtf8(def->sampled));
    if (role == Qt::ToolTipRole && sign)
        return tr("%1\nClick: must hold. Again: must not hold. Again: off.").arg(fromUtf8(def->help));
    if (role != Qt::DisplayRole) return {};
    if (sign) return unreliable ? fromUtf8(def->id) + QStringLiteral(" ~") : fromUtf8(def->id);
    if (section == kClass) return tr("Class");
    if (section == flowsColumn()) return tr("Flows");
    if (section == shareColumn()) return tr("Share");
    if (section == percentColumn()) return tr("%");
    if (section == cumulativeColumn()) return tr("Cum. %");
    return tr("Rules");
}

}  // namespace weir::ui
