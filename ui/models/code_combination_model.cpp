// See code_combination_model.h.
#include "ui/models/code_combination_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <bit>

namespace weir::ui {
namespace {

constexpr int kCodesLeft = int(Qt::AlignLeft | Qt::AlignVCenter), kCodesRight = int(Qt::AlignRight | Qt::AlignVCenter);

bool isNumber(int column) {
    return column != CodeCombinationModel::kCodes && column != CodeCombinationModel::kBadnessBar &&
           column != CodeCombinationModel::kShare;
}

}  // namespace

void CodeCombinationModel::setRanking(const std::vector<score::Ranked>& ranking, const score::Profile& profile,
                                      const score::Overlap& overlap) {
    beginResetModel();
    all_ = ranking;
    look_ = CodeLook(profile);
    codes_.clear();
    for (const score::Test& test : profile.tests) codes_.push_back(test.code);
    discounted_.clear();
    for (const score::Ranked& r : ranking)
        discounted_[r.count.word] = score::discountedBadness(profile, overlap, r.count.word);
    list();
    endResetModel();
}

void CodeCombinationModel::setQuery(const CodeQuery& query) {
    if (query == query_) return;
    beginResetModel();
    query_ = query;
    list();
    endResetModel();
}

void CodeCombinationModel::sort(int column, Qt::SortOrder order) {
    beginResetModel();
    sortColumn_ = column;
    sortOrder_ = order;
    list();
    endResetModel();
}

void CodeCombinationModel::list() {
    rows_.clear();
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(rows_),
                 [&](const score::Ranked& r) { return query_.passes(r.points); });
    const auto key = [this](const score::Ranked& r) -> std::uint64_t {
        switch (sortColumn_) {
            case kDiscounted: return std::uint64_t(1000 * discounted_.at(r.count.word));
            case kGoodness: return std::uint64_t(r.points.goodness);
            case kCodes: return std::uint64_t(std::popcount(r.count.word));
            case kRecords:
            case kShare:
            case kPercent:
            case kCumulative: return r.count.flows;
            default: return std::uint64_t(r.points.badness);
        }
    };
    // The ranking is by badness, goodness and records: rows with equal keys keep that order.
    const bool descending = sortOrder_ == Qt::DescendingOrder;
    std::stable_sort(rows_.begin(), rows_.end(), [&](const score::Ranked& a, const score::Ranked& b) {
        return descending ? key(a) > key(b) : key(a) < key(b);
    });
    cumulative_.clear();
    listed_ = most_ = 0;
    worst_ = 0;
    for (const score::Ranked& r : rows_) {
        listed_ += r.count.flows;
        most_ = std::max(most_, r.count.flows);
        worst_ = std::max(worst_, r.points.badness);
        cumulative_.push_back(listed_);
    }
}

int CodeCombinationModel::rowOf(std::uint64_t word) const {
    const auto at =
        std::find_if(rows_.begin(), rows_.end(), [word](const score::Ranked& r) { return r.count.word == word; });
    return at == rows_.end() ? -1 : int(at - rows_.begin());
}

int CodeCombinationModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int CodeCombinationModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant CodeCombinationModel::display(std::size_t row, int column) const {
    const score::Ranked& r = rows_[row];
    switch (column) {
        case kBadness: return r.points.badness;
        case kDiscounted: return QLocale().toString(discounted_.at(r.count.word), 'f', 1);
        case kGoodness: return r.points.goodness;
        case kRecords: return count(r.count.flows);
        case kPercent: return percent(double(r.count.flows) / double(listed_));
        case kCumulative: return percent(double(cumulative_[row]) / double(listed_));
        default: return {};
    }
}

QVariant CodeCombinationModel::raw(std::size_t row, int column) const {
    const score::Ranked& r = rows_[row];
    switch (column) {
        case kCodes: {
            QStringList names;
            for (std::size_t t = 0; t < codes_.size(); ++t)
                if (r.count.word >> t & 1u) names << fromUtf8(codes_[t]);
            return names.join(QStringLiteral(", "));
        }
        case kRecords: return quint64(r.count.flows);
        case kDiscounted: return discounted_.at(r.count.word);
        default: return display(row, column);
    }
}

QVariant CodeCombinationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = std::size_t(index.row());
    const score::Ranked& r = rows_[row];
    switch (role) {
        case Qt::DisplayRole: return display(row, index.column());
        case kRawRole: return raw(row, index.column());
        case kWordRole: return quint64(r.count.word);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return index.column() == kCodes  ? raw(row, kCodes)
                   : role == Qt::ToolTipRole ? QVariant()
                                             : display(row, index.column());
        case Qt::TextAlignmentRole: return isNumber(index.column()) ? kCodesRight : kCodesLeft;
        case kToneRole:
            return int(index.column() == kDiscounted                           ? Tone::secondary
                       : index.column() == kGoodness && r.points.goodness == 0 ? Tone::dim
                                                                               : Tone::normal);
        case kShareRole:
            return index.column() == kBadnessBar ? (worst_ ? double(r.points.badness) / worst_ : 0)
                   : most_                       ? double(r.count.flows) / double(most_)
                                                 : 0;
        case kColorRole: return index.column() == kBadnessBar ? QVariant(badnessColor(r.points.badness)) : QVariant();
        case Qt::FontRole: {
            if (index.column() != kBadness) return {};
            QFont bold;
            bold.setWeight(QFont::DemiBold);
            return bold;
        }
        default: return {};
    }
}

QVariant CodeCombinationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return isNumber(section) ? kCodesRight : kCodesLeft;
    if (role == Qt::ToolTipRole && section == kCumulative)
        return tr("Records of this row and all rows above it, as a share of the listed records");
    if (role == Qt::ToolTipRole && section == kDiscounted)
        return tr(
            "Badness with overlapping codes discounted. In order of points, highest first, each code counts\npoints × "
            "the product of (1 − similarity) to the codes before it; similarity = records with both / records with "
            "either.");
    if (role == Qt::ToolTipRole && section == kGoodness) return tr("Points of good codes; not subtracted from badness");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kBadness: return tr("Badness");
        case kDiscounted: return tr("Discounted");
        case kGoodness: return tr("Goodness");
        case kCodes: return tr("Codes");
        case kRecords: return tr("Records");
        case kShare: return tr("Share");
        case kPercent: return tr("%");
        case kCumulative: return tr("Cum. %");
        default: return {};
    }
}

}  // namespace weir::ui
