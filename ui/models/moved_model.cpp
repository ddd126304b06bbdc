// See moved_model.h.
#include "ui/models/moved_model.h"

#include "core/score/ranking.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {
namespace {

QString rulesText(const rules::RuleSet& set, rules::Word word) {
    QStringList names;
    for (const rules::Rule& r : set.rules)
        if (r.matches(word)) names << fromUtf8(r.name);
    return names.isEmpty() ? QStringLiteral("–") : names.join(QStringLiteral(", "));
}

QString codesOfNumber(const session::ScoreResult& scores, std::uint32_t number) {
    const auto codes = score::codesOf(scores.parsed.profile, scores.scores->words[number].word);
    QStringList names;
    for (const std::string& code : codes) names << fromUtf8(code);
    return names.isEmpty() ? QStringLiteral("–") : names.join(QStringLiteral(" + "));
}

}  // namespace

/// rowOf(place among the rows of the cell's items) gives a row without its class names.
template <class RowOf>
void MovedModel::fill(const compare::Migration& m, const Comparison::Cell& wanted, RowOf rowOf) {
    rows_.clear();
    flows_ = 0;
    for (const compare::Cell& cell : m.cells) {
        const QString from = fromUtf8(m.from[cell.from]), to = fromUtf8(m.to[cell.to]);
        if (wanted ? *wanted != std::pair(from, to) : !m.moved(cell)) continue;
        for (const std::uint32_t item : cell.rows) {
            Row row = rowOf(item);
            row.from = from;
            row.to = to;
            flows_ += row.flows;
            rows_.push_back(std::move(row));
        }
    }
    std::ranges::stable_sort(rows_, std::ranges::greater(), &Row::flows);
}

void MovedModel::set(const session::RuleComparison& comparison, const Comparison::Cell& wanted) {
    beginResetModel();
    ofScores_ = false;
    const rules::RuleSet &was = comparison.champion->parsed.set, &is = comparison.challenger->parsed.set;
    names_ = was.signNames;
    fill(comparison.migration, wanted, [&](std::uint32_t item) {
        const tally::WordCount& w = comparison.champion->tally[item];
        return Row{w.word, w.flows, {}, rulesText(was, w.word), {}, rulesText(is, w.word)};
    });
    endResetModel();
}

void MovedModel::set(const session::ScoreComparison& comparison, const Comparison::Cell& wanted) {
    beginResetModel();
    ofScores_ = true;
    names_.clear();
    fill(comparison.migration, wanted, [&](std::uint32_t item) {
        const session::ScoreComparison::Pair& p = comparison.pairs[item];
        return Row{0,  p.sums.flows,
                   {}, codesOfNumber(*comparison.champion, p.from),
                   {}, codesOfNumber(*comparison.challenger, p.to)};
    });
    endResetModel();
}

Comparison::Cell MovedModel::cellAt(int row) const {
    if (row < 0 || std::size_t(row) >= rows_.size()) return {};
    return std::pair(rows_[std::size_t(row)].from, rows_[std::size_t(row)].to);
}

int MovedModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int MovedModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant MovedModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = rows_[std::size_t(index.row())];
    const int column = index.column();
    const QString signs = fromUtf8(rules::signNamesOf(row.word, names_));
    switch (role) {
        case Qt::DisplayRole:
        case kRawRole:
            switch (column) {
                case kSigns: return signs;
                case kFlows: return role == kRawRole ? QVariant(qulonglong(row.flows)) : QVariant(count(row.flows));
                case kFrom: return role == kRawRole ? row.from : Theme::classShortName(row.from);
                case kFromRules: return row.fromRules;
                case kTo: return role == kRawRole ? row.to : Theme::classShortName(row.to);
                default: return row.toRules;
            }
        case Qt::ToolTipRole:
            return column == kSigns       ? signs
                   : column == kFromRules ? row.fromRules
                   : column == kToRules   ? row.toRules
                                          : QString();
        case kClassesRole:
            if (ofScores_) return {};
            return column == kFrom ? QVariant(QStringList{row.from})
                   : column == kTo ? QVariant(QStringList{row.to})
                                   : QVariant();
        case Qt::TextAlignmentRole: return int((column == kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default: return {};
    }
}

QVariant MovedModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kFlows ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kSigns: return tr("Signs");
        case kFlows: return ofScores_ ? tr("Records") : tr("Flows");
        case kFrom: return tr("Champion");
        case kTo: return tr("Challenger");
        default: return ofScores_ ? tr("Codes") : tr("Rules");
    }
}

}  // namespace weir::ui
