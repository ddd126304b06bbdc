// See weight_model.h.
#include "ui/models/weight_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/state/score_board.h"
#include "ui/text/format.h"

namespace weir::ui {
namespace {

constexpr int kWeightLeft = int(Qt::AlignLeft | Qt::AlignVCenter),
              kWeightRight = int(Qt::AlignRight | Qt::AlignVCenter);

}  // namespace

WeightModel::WeightModel(ScoreBoard& board, QObject* parent) : QAbstractTableModel(parent), board_(board) {
    connect(&board, &ScoreBoard::ranked, this, &WeightModel::follow);
    follow();
}

void WeightModel::follow() {
    QStringList codes;
    for (const score::Test& test : board_.profile().tests) codes << fromUtf8(test.code);
    if (codes == codes_) {
        if (!codes.isEmpty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
        return;
    }
    beginResetModel();
    codes_ = codes;
    look_ = CodeLook(board_.profile());
    endResetModel();
    emit testsChanged();
}

bool WeightModel::isGood(int test) const { return board_.profile().tests[std::size_t(test)].kind == score::Kind::good; }

QStringList WeightModel::missingLists(std::size_t test) const {
    QStringList out;
    for (const std::string& list : board_.result()->missingLists)
        if (board_.profile().tests[test].condition.find('@' + list) != std::string::npos) out << u'@' + fromUtf8(list);
    return out;
}

int WeightModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(codes_.size()); }
int WeightModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

Qt::ItemFlags WeightModel::flags(const QModelIndex& index) const {
    const auto basic = QAbstractTableModel::flags(index);
    return index.column() == kPoints ? basic | Qt::ItemIsEditable : basic;
}

QVariant WeightModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto t = std::size_t(index.row());
    const score::Test& test = board_.profile().tests[t];
    const std::uint64_t records = t < board_.perCode().size() ? board_.perCode()[t] : 0;
    const QStringList missing = missingLists(t);
    switch (role) {
        case Qt::DisplayRole:
            if (index.column() == kCode) return fromUtf8(test.code);
            if (index.column() == kPoints) return test.points;
            return missing.isEmpty() ? count(records) : tr("no list");
        case kRawRole:
            if (index.column() == kCode) return fromUtf8(test.code);
            return index.column() == kPoints ? QVariant(test.points) : QVariant(quint64(records));
        case Qt::EditRole: return index.column() == kPoints ? QVariant(test.points) : QVariant();
        case Qt::TextAlignmentRole: return index.column() == kCode ? kWeightLeft : kWeightRight;
        case kColorRole: return look_.of(t).color;
        case kToneRole: return int(records == 0 || !missing.isEmpty() ? Tone::dim : Tone::normal);
        case Qt::ToolTipRole: {
            QString tip = (test.kind == score::Kind::good ? tr("Good") : tr("Bad")) +
                          tr(", when %1").arg(fromUtf8(test.condition));
            if (!missing.isEmpty())
                tip += u'\n' + tr("The project has no list %1. Add it with File, Add list…")
                                   .arg(missing.join(QStringLiteral(", ")));
            return tip;
        }
        default: return {};
    }
}

bool WeightModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || index.column() != kPoints) return false;
    board_.setPoints(std::size_t(index.row()), value.toInt());
    return true;
}

QVariant WeightModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return section == kCode ? kWeightLeft : kWeightRight;
    if (role != Qt::DisplayRole) return {};
    return section == kCode ? tr("Code") : section == kPoints ? tr("Points") : tr("Records");
}

}  // namespace weir::ui
