// See outage_model.h.
#include "ui/models/outage_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

#include <algorithm>

namespace weir::ui {

void OutageModel::set(std::vector<session::Outage> outages) {
    beginResetModel();
    rows_ = std::move(outages);
    endResetModel();
}

void OutageModel::setZone(Zone zone) {
    if (zone == zone_) return;
    zone_ = zone;
    if (!rows_.empty()) emit dataChanged(index(0, kStart), index(int(rows_.size()) - 1, kAnswered));
}

int OutageModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int OutageModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant OutageModel::raw(const session::Outage& o, int column) const {
    switch (column) {
        case kService: return fromUtf8(o.service());
        case kStart: return qlonglong(o.start);
        case kEnd: return qlonglong(o.end);
        case kLength: return qlonglong(o.end - o.start);
        case kClients: return qulonglong(o.clients);
        case kFlows: return qulonglong(o.flows);
        default: return qlonglong(o.answeredAgain);
    }
}

/// Without the day where it is that of the start.
QString OutageModel::after(const session::Outage& o, std::int64_t us) const {
    return day(us, zone_) == day(o.start, zone_) ? timeOfDay(us, zone_) : dateAndTime(us, zone_);
}

QVariant OutageModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const session::Outage& o = rows_[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            switch (column) {
                case kService: return fromUtf8(o.service());
                case kStart: return dateAndTime(o.start, zone_);
                case kEnd: return after(o, o.end);
                case kLength: return durationText(o.end - o.start);
                case kClients: return count(o.clients);
                case kFlows: return count(o.flows);
                default: return o.answeredAgain ? after(o, o.answeredAgain) : tr("not in the data");
            }
        case kRawRole:
            if (column == kAnswered && !o.answeredAgain) return QString();
            return column == kStart || column == kEnd || column == kAnswered
                       ? QVariant(dateAndTime(raw(o, column).toLongLong(), zone_))
                       : raw(o, column);
        case Qt::TextAlignmentRole:
            return int((column >= kLength && column <= kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole:
            return int(column == kAnswered && !o.answeredAgain    ? Tone::warning
                       : column == kService || column == kClients ? Tone::normal
                                                                  : Tone::secondary);
        case Qt::ToolTipRole:
            if (column == kAnswered)
                return o.answeredAgain ? tr("First two-way flow of the service after the outage")
                                       : tr("The service does not answer again within the captures");
            return column == kEnd ? tr("End of the last unanswered flow") : QVariant();
        default: return {};
    }
}

QVariant OutageModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= kLength && section <= kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kService: return tr("Service");
        case kStart: return tr("Start");
        case kEnd: return tr("End");
        case kLength: return tr("Length");
        case kClients: return tr("Clients");
        case kFlows: return tr("Flows");
        default: return tr("Answered again");
    }
}

void OutageModel::sort(int column, Qt::SortOrder order) {
    beginResetModel();
    std::ranges::stable_sort(rows_, [&](const session::Outage& a, const session::Outage& b) {
        const session::Outage &x = order == Qt::AscendingOrder ? a : b, &y = order == Qt::AscendingOrder ? b : a;
        return column == kService ? x.service() < y.service()
                                  : raw(x, column).toLongLong() < raw(y, column).toLongLong();
    });
    endResetModel();
}

}  // namespace weir::ui
