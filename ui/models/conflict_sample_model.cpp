// See conflict_sample_model.h.
#include "ui/models/conflict_sample_model.h"

#include "ui/delegates/number_delegate.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/theme.h"

namespace weir::ui {
namespace {

QString socketText(const flow::IpAddr& address, std::uint16_t port) {
    const QString ip = addressText(address);
    if (port == 0) return ip;
    return (ip.contains(u':') ? QString(u'[' + ip + u']') : ip) + u':' + QString::number(port);
}

Result<std::vector<session::RowData>> readFlows(const session::SnapshotPtr& snapshot,
                                                const session::JudgementPtr& judgement,
                                                const std::vector<std::uint32_t>& rows) {
    if (rows.empty()) return std::vector<session::RowData>();
    auto selection = std::make_shared<session::Selection>();
    selection->snapshot = snapshot;
    selection->judgement = judgement;
    selection->picked.resize(rows.size());
    std::copy(rows.begin(), rows.end(), selection->picked.data());
    selection->count = selection->total = rows.size();
    session::RowReader reader{std::move(selection)};
    return reader.read(0, rows.size());
}

}  // namespace

Result<std::vector<session::RowData>> sampleFlows(const session::SnapshotPtr& snapshot,
                                                  const session::JudgementPtr& judgement, rules::Word word,
                                                  std::size_t most, JobContext& job) {
    std::vector<session::RowData> none;
    const auto& data = snapshot ? snapshot->signs() : nullptr;
    if (!data || !snapshot->flows) return none;
    std::vector<std::uint32_t> rows;
    const auto& words = data->words;
    constexpr std::size_t kStep = 1 << 20;
    for (std::size_t i = 0; i < words.size() && rows.size() < most; ++i) {
        if (i % kStep == 0 && !job.step(i, words.size(), "finding flows")) return cancelledError();
        if (words[i] == word) rows.push_back(std::uint32_t(i));
    }
    return readFlows(snapshot, judgement, rows);
}

Result<std::vector<session::RowData>> sampleFlows(const session::SignPart& part, const session::JudgementPtr& judgement,
                                                  rules::Word word, std::size_t most, JobContext& job) {
    const session::Selection& selection = *part.selection;
    const auto& words = selection.snapshot->signs(part.run)->words;
    std::vector<std::uint32_t> rows;
    constexpr std::uint64_t kStep = 1 << 20;
    for (std::uint64_t i = 0; i < selection.count && rows.size() < most; ++i) {
        if (i % kStep == 0 && !job.step(i, selection.count, "finding flows")) return cancelledError();
        if (words[selection.rowAt(i)] == word) rows.push_back(selection.rowAt(i));
    }
    return readFlows(selection.snapshot, judgement, rows);
}

void ConflictSampleModel::setFlows(std::vector<session::RowData> flows) {
    beginResetModel();
    flows_ = std::move(flows);
    endResetModel();
}

void ConflictSampleModel::setZone(Zone zone) {
    zone_ = zone;
    if (!flows_.empty()) emit dataChanged(index(0, kFirst), index(rowCount() - 1, kFirst));
}

int ConflictSampleModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(flows_.size()); }
int ConflictSampleModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ConflictSampleModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& f = flows_[std::size_t(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return int((column == kPackets ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::FontRole && (column == kSource || column == kDestination || column == kFlags))
        return Theme::fixedFont();
    if (role == kRawRole && column == kPackets) return qulonglong(f.packets);
    if (role != Qt::DisplayRole && role != kRawRole) return {};
    switch (column) {
        case kId: return fromUtf8(f.id);
        case kFirst: return role == kRawRole ? dateAndTime(f.first, Zone::utc) : timeOfDay(f.first, zone_);
        case kProtocol: return protocolName(f.protocol);
        case kSource: return socketText(f.src, f.srcPort);
        case kDestination: return socketText(f.dst, f.dstPort);
        case kFlags: return f.protocol == 6 ? flagsText(f.flags) : QString();
        case kPackets: return count(f.packets);
        default: return {};
    }
}

QVariant ConflictSampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kPackets ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kId: return tr("Flow");
        case kFirst: return zone_ == Zone::utc ? tr("First seen (UTC)") : tr("First seen (local)");
        case kProtocol: return tr("Proto");
        case kSource: return tr("Source");
        case kDestination: return tr("Destination");
        case kFlags: return tr("Flags");
        default: return tr("Packets");
    }
}

}  // namespace weir::ui
