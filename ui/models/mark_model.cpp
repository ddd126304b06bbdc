// See mark_model.h.
#include "ui/models/mark_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

namespace weir::ui {
namespace {

const session::Mark* markOf(const MarkModel::Row& row) { return std::get_if<session::Mark>(&row.item); }
const session::Silence* silenceOf(const MarkModel::Row& row) { return std::get_if<session::Silence>(&row.item); }

}  // namespace

void MarkModel::setRows(std::vector<Row> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

void MarkModel::setRecords(const std::vector<std::optional<std::uint64_t>>& records) {
    for (std::size_t i = 0; i < rows_.size() && i < records.size(); ++i) rows_[i].records = records[i];
    if (!rows_.empty()) emit dataChanged(index(0, kRecords), index(int(rows_.size()) - 1, kRecords));
}

QString MarkModel::filterOf(const Row& row) {
    return fromUtf8(markOf(row) ? markOf(row)->filter : silenceOf(row)->filter);
}

int MarkModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int MarkModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString MarkModel::text(const Row& row, int column) const {
    const auto* mark = markOf(row);
    const auto* silence = silenceOf(row);
    switch (column) {
        case kKind: return mark ? tr("tag") : tr("known good");
        case kName:
            return mark ? fromUtf8(mark->tag) : silence->code.empty() ? tr("all codes") : fromUtf8(silence->code);
        case kFilter: return filterOf(row);
        case kRecords: return row.over ? tr("expired") : row.records ? count(*row.records) : QStringLiteral("–");
        case kUntil: return mark ? QString() : silence->until.empty() ? tr("no end") : fromUtf8(silence->until);
        case kNote: return fromUtf8(mark ? mark->note : silence->note);
        default: return fromUtf8(mark ? mark->time : silence->time).left(16).replace(u'T', u' ');
    }
}

QVariant MarkModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = rows_[std::size_t(index.row())];
    switch (role) {
        case Qt::DisplayRole: return text(row, index.column());
        case Qt::ToolTipRole:
            return index.column() == kFilter || index.column() == kNote ? text(row, index.column()) : QString();
        case kRawRole:
            return index.column() == kRecords && row.records ? QVariant(qulonglong(*row.records))
                                                             : QVariant(text(row, index.column()));
        case Qt::TextAlignmentRole:
            return int((index.column() == kRecords ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole:
            return int(row.over                                             ? Tone::dim
                       : index.column() == kKind || index.column() == kTime ? Tone::secondary
                                                                            : Tone::normal);
        default: return {};
    }
}

QVariant MarkModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kRecords ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == kRecords)
        return tr("Tags: records that match the filter. Known good: record directions that lost a code.");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kKind: return tr("Kind");
        case kName: return tr("Tag or code");
        case kFilter: return tr("Filter");
        case kRecords: return tr("Records");
        case kUntil: return tr("Last day");
        case kNote: return tr("Note");
        default: return tr("Created (UTC)");
    }
}

}  // namespace weir::ui
