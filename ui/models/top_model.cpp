// Cells of groups; texts are built when a cell is read.
#include "ui/models/top_model.h"

#include "core/base/text.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>
#include <numeric>

namespace weir::ui {
namespace {

constexpr int kTopRight = int(Qt::AlignRight | Qt::AlignVCenter), kTopLeft = int(Qt::AlignLeft | Qt::AlignVCenter);

/// Values whose order on screen is that of numbers.
bool rightAligned(tally::Key key) { return session::isNumber(key) && key != tally::Key::protocol; }

bool fixedFont(tally::Key key) {
    return key == tally::Key::src || key == tally::Key::dst || key == tally::Key::srcNet || key == tally::Key::dstNet ||
           key == tally::Key::flags || key == tally::Key::exporter;
}

QString keyTitle(tally::Key key) {
    for (const tally::Element& e : tally::elements())
        if (e.meaning == tally::Meaning::one && e.keys[0] == key) return fromUtf8(e.title);
    return {};
}

}  // namespace

void TopModel::setList(GroupListPtr list, Zone zone) {
    beginResetModel();
    list_ = std::move(list);
    zone_ = zone;
    rows_.resize(list_ ? list_->size() : 0);
    std::iota(rows_.begin(), rows_.end(), 0u);
    most_ = 0;
    for (std::size_t g = 0; g < rows_.size(); ++g) most_ = std::max(most_, list_->share(g));
    endResetModel();
}

void TopModel::setZone(Zone zone) {
    if (zone == zone_) return;
    zone_ = zone;
    if (!rows_.empty())
        emit dataChanged(index(0, columnOf(Column::first)), index(rowCount() - 1, columnOf(Column::last)));
}

bool TopModel::hasRate() const { return list_ && list_->request.order >= tally::Order::pps; }

TopModel::Column TopModel::kindOf(int column) const {
    if (column < keyCount()) return Column::key;
    const int behind = column - keyCount() + 1;
    return Column(behind >= int(Column::rate) && !hasRate() ? behind + 1 : behind);
}

int TopModel::columnOf(Column kind) const {
    if (kind == Column::key) return 0;
    return keyCount() + int(kind) - 1 - (kind > Column::rate && !hasRate() ? 1 : 0);
}

int TopModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int TopModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnOf(Column::last) + 1; }

QVariant TopModel::display(std::size_t g, int column) const {
    const tally::Sums& s = list_->groups.sums[g];
    switch (kindOf(column)) {
        case Column::key:
            if (list_->key(std::size_t(column)).key == tally::Key::protocol)
                return protocolName(std::uint8_t(list_->number(g, std::size_t(column))));
            return fromUtf8(list_->text(g, std::size_t(column)));
        case Column::flows: return count(s.flows);
        case Column::share: return {};
        case Column::percent: return percent(list_->share(g));
        case Column::packets: return count(s.packets);
        case Column::bytes: return count(s.bytes);
        case Column::rate: return count(tally::orderValue(s, list_->request.order));
        case Column::first: return dateAndTime(s.first, zone_);
        case Column::last: return dateAndTime(s.last, zone_);
    }
    return {};
}

QVariant TopModel::raw(std::size_t g, int column) const {
    const tally::Sums& s = list_->groups.sums[g];
    switch (kindOf(column)) {
        case Column::key:
            if (session::isNumber(list_->key(std::size_t(column)).key))
                return qulonglong(list_->number(g, std::size_t(column)));
            return fromUtf8(list_->text(g, std::size_t(column)));
        case Column::flows: return qulonglong(s.flows);
        case Column::share:
        case Column::percent: return list_->share(g);
        case Column::packets: return qulonglong(s.packets);
        case Column::bytes: return qulonglong(s.bytes);
        case Column::rate: return qulonglong(tally::orderValue(s, list_->request.order));
        case Column::first: return fromUtf8(utcText(s.first));
        case Column::last: return fromUtf8(utcText(s.last));
    }
    return {};
}

QVariant TopModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const std::size_t g = groupAt(index.row());
    const int column = index.column();
    const bool key = kindOf(column) == Column::key;
    const bool left = key && !rightAligned(list_->key(std::size_t(column)).key);
    switch (role) {
        case Qt::DisplayRole: return display(g, column);
        case kRawRole: return raw(g, column);
        case Qt::TextAlignmentRole: return left ? kTopLeft : kTopRight;
        case Qt::FontRole:
            return key && fixedFont(list_->key(std::size_t(column)).key) ? QVariant(Theme::fixedFont()) : QVariant();
        case Qt::ToolTipRole: return key ? fromUtf8(list_->filter(g)) : QVariant();
        case kShareRole: return most_ > 0 ? list_->share(g) / most_ : 0.0;
        case kToneRole: return int(kindOf(column) >= Column::first ? Tone::secondary : Tone::normal);
        default: return {};
    }
}

QVariant TopModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const Column kind = kindOf(section);
    if (role == Qt::TextAlignmentRole)
        return kind == Column::share ||
                       (kind == Column::key && !(list_ && rightAligned(list_->key(std::size_t(section)).key)))
                   ? kTopLeft
                   : kTopRight;
    if (role != Qt::DisplayRole) return {};
    switch (kind) {
        case Column::key: {
            if (!list_) return tr("Value");
            const bool either =
                list_->request.alternatives.size() > 1 && list_->request.alternatives[0][std::size_t(section)].key !=
                                                              list_->request.alternatives[1][std::size_t(section)].key;
            if (!either) return keyTitle(list_->key(std::size_t(section)).key);
            for (const tally::Element& e : tally::elements())
                if (e.meaning == tally::Meaning::either && e.keys[0] == list_->key(std::size_t(section)).key)
                    return fromUtf8(e.title);
            return {};
        }
        case Column::flows:
            return list_ && list_->request.query.rows == session::Rows::records ? tr("Records") : tr("Flows");
        case Column::share: return tr("Share");
        case Column::percent: return tr("%");
        case Column::packets: return tr("Packets");
        case Column::bytes: return tr("Bytes");
        case Column::rate: return fromUtf8(tally::orders()[std::size_t(list_->request.order)].title);
        case Column::first: return tr("First");
        case Column::last: return tr("Last");
    }
    return {};
}

void TopModel::sort(int column, Qt::SortOrder order) {
    if (!list_ || column < 0 || column >= columnCount()) return;
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
        const tally::Sums &x = list_->groups.sums[a], &y = list_->groups.sums[b];
        switch (kindOf(column)) {
            case Column::key: {
                const auto k = std::size_t(column);
                if (list_->groups.plan.place(k).bits == 128)
                    return list_->groups.plan.address(list_->groups.key(a), k) <
                           list_->groups.plan.address(list_->groups.key(b), k);
                return list_->number(a, k) < list_->number(b, k);
            }
            case Column::flows: return x.flows < y.flows;
            case Column::share:
            case Column::percent: return list_->share(a) < list_->share(b);
            case Column::packets: return x.packets < y.packets;
            case Column::bytes: return x.bytes < y.bytes;
            case Column::rate:
                return tally::orderValue(x, list_->request.order) < tally::orderValue(y, list_->request.order);
            case Column::first: return x.first < y.first;
            case Column::last: return x.last < y.last;
        }
        return false;
    };
    emit layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    std::vector<std::uint32_t> groups;
    for (const QModelIndex& i : old) groups.push_back(rows_[std::size_t(i.row())]);
    std::sort(rows_.begin(), rows_.end());
    if (order == Qt::AscendingOrder)
        std::stable_sort(rows_.begin(), rows_.end(), less);
    else
        std::stable_sort(rows_.begin(), rows_.end(), [&](std::uint32_t a, std::uint32_t b) { return less(b, a); });
    std::vector<int> rowOf(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) rowOf[rows_[row]] = int(row);
    QModelIndexList fresh;
    for (qsizetype i = 0; i < old.size(); ++i) fresh << index(rowOf[groups[std::size_t(i)]], old[i].column());
    changePersistentIndexList(old, fresh);
    emit layoutChanged();
}

}  // namespace weir::ui
