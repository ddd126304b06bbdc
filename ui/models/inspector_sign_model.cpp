// See inspector_sign_model.h.
#include "ui/models/inspector_sign_model.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"

#include <QFont>

#include <algorithm>

namespace weir::ui {

namespace {

QString evidenceText(const explain::SignLine& line) {
    QString text = fromUtf8(line.evidence);
    if (!line.unreliable.empty()) text += InspectorSignModel::tr("; unreliable, %1").arg(fromUtf8(line.unreliable));
    return text;
}

}  // namespace

void InspectorSignModel::setLines(std::vector<explain::SignLine> lines) {
    beginResetModel();
    lines_ = std::move(lines);
    holding_ = int(std::ranges::count(lines_, true, &explain::SignLine::holds));
    endResetModel();
}

void InspectorSignModel::setAll(bool all) {
    if (all == all_) return;
    beginResetModel();
    all_ = all;
    endResetModel();
}

int InspectorSignModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : all_ ? known() : holding_;
}
int InspectorSignModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant InspectorSignModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& line = lines_[std::size_t(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case kRawRole:
            if (index.column() == kDot)
                return role == kRawRole ? QVariant(int(line.holds))
                                        : QVariant(line.holds ? QStringLiteral("●") : QStringLiteral("○"));
            return index.column() == kName ? fromUtf8(line.name) : evidenceText(line);
        case Qt::ToolTipRole:
            return line.unreliable.empty()
                       ? fromUtf8(line.help)
                       : fromUtf8(line.help) + u'\n' + tr("Unreliable here. %1.").arg(fromUtf8(line.unreliable));
        case kToneRole:
            if (index.column() == kName && !line.unreliable.empty()) return int(Tone::warning);
            return int(index.column() == kEvidence || !line.holds ? Tone::secondary : Tone::normal);
        case Qt::FontRole:
            if (index.column() == kName && line.holds) {
                QFont font;
                font.setWeight(QFont::DemiBold);
                return font;
            }
            return {};
        default: return {};
    }
}

}  // namespace weir::ui
