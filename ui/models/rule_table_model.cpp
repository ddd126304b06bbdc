// See rule_table_model.h.
#include "ui/models/rule_table_model.h"

#include "core/rules/text_edits.h"
#include "core/signs/sign_family.h"
#include "ui/delegates/cell_paint.h"
#include "ui/delegates/number_delegate.h"
#include "ui/text/format.h"
#include "ui/theme.h"

#include <algorithm>

namespace weir::ui {
namespace {

QString costMark(std::uint8_t cost) { return QString(cost, u'●') + QString(3 - cost, u'○'); }

QString termText(SignTerm term) {
    return term == SignTerm::present ? QStringLiteral("+") : term == SignTerm::absent ? QStringLiteral("!") : QString();
}

}  // namespace

void RuleTableModel::setJudgement(session::JudgementPtr judgement) {
    if (judgement == judgement_) return;
    const bool sameShape = judgement && judgement_ &&
                           judgement->parsed.set.rules.size() == judgement_->parsed.set.rules.size() &&
                           judgement->parsed.set.signNames == judgement_->parsed.set.signNames;
    if (!sameShape) beginResetModel();
    judgement_ = std::move(judgement);
    evasions_.assign(judgement_ ? judgement_->parsed.set.rules.size() : 0, std::nullopt);
    if (!sameShape)
        endResetModel();
    else if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));  // the edited cell stays selected
}

int RuleTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !judgement_ ? 0 : int(judgement_->parsed.set.rules.size());
}
int RuleTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !judgement_ ? 0 : evasionColumn() + 1;
}

SignTerm RuleTableModel::termAt(int row, int column) const {
    const rules::Word sign = rules::Word{1} << (column - kFirstSign);
    return ruleAt(row).must & sign ? SignTerm::present : ruleAt(row).mustNot & sign ? SignTerm::absent : SignTerm::any;
}

std::string RuleTableModel::textWith(int row, int column, SignTerm term) const {
    const rules::RuleSet& set = judgement_->parsed.set;
    const std::string& sign = set.signNames[std::size_t(column - kFirstSign)];
    const std::size_t line = ruleAt(row).line;
    std::string text = termAt(row, column) == SignTerm::any ? set.text : rules::withoutSign(set.text, line, sign);
    if (term != SignTerm::any) text = rules::withSign(text, line, (term == SignTerm::absent ? "!" : "") + sign);
    return text;
}

std::string RuleTableModel::textWithoutRule(int row) const {
    return rules::withoutLine(judgement_->parsed.set.text, ruleAt(row).line);
}

std::string RuleTableModel::textWithCopy(int row) const {
    const rules::RuleSet& set = judgement_->parsed.set;
    std::size_t number = set.rules.size() + 1;
    const auto taken = [&](std::size_t n) {
        return std::ranges::any_of(set.rules, [&](const rules::Rule& r) { return r.name == std::to_string(n); });
    };
    while (taken(number)) ++number;
    std::string rule = std::to_string(number) + ":";
    for (int column = kFirstSign; column < flowsColumn(); ++column) {
        const SignTerm term = termAt(row, column);
        if (term != SignTerm::any)
            rule.append(term == SignTerm::absent ? " !" : " ").append(set.signNames[std::size_t(column - kFirstSign)]);
    }
    return rules::withRuleBehind(set.text, ruleAt(row).line, rule);
}

const std::vector<explain::Evasion>& RuleTableModel::evasions(int row) const {
    auto& kept = evasions_[std::size_t(row)];
    if (!kept) kept = explain::evasionsOf(judgement_->parsed.set, std::size_t(row));
    return *kept;
}

QVariant RuleTableModel::display(int row, int column) const {
    const rules::RuleSet& set = judgement_->parsed.set;
    if (column == kRule) return fromUtf8(ruleAt(row).name);
    if (column == kClass) return Theme::classShortName(fromUtf8(set.classes[ruleAt(row).classIndex].name));
    if (column < flowsColumn()) return termText(termAt(row, column));
    if (column == flowsColumn())
        return std::size_t(row) < judgement_->classes.ruleMatches.size()
                   ? count(judgement_->classes.ruleMatches[std::size_t(row)])
                   : QString();
    const auto& ways = evasions(row);
    return ways.empty() ? tr("no single sign") : costMark(ways[0].cost) + u' ' + fromUtf8(ways[0].how);
}

QString RuleTableModel::help(int row, int column) const {
    const rules::RuleSet& set = judgement_->parsed.set;
    if (isSign(column)) {
        const QString sign = fromUtf8(set.signNames[std::size_t(column - kFirstSign)]),
                      rule = fromUtf8(ruleAt(row).name);
        switch (termAt(row, column)) {
            case SignTerm::present: return tr("Rule %1 requires %2. Click: forbid it. Again: any.").arg(rule, sign);
            case SignTerm::absent: return tr("Rule %1 forbids %2. Click: any.").arg(rule, sign);
            case SignTerm::any:
                return tr("Rule %1 matches flows with and without %2. Click: require it.").arg(rule, sign);
        }
    }
    if (column == evasionColumn()) {
        QStringList lines{
            tr("How a sender can evade this rule by changing one sign. ● a packet or field of the same flow, ●● other "
               "targets or timing, ●●● knowledge of the network. Our estimate.")};
        for (const explain::Evasion& e : evasions(row)) lines << fromUtf8(explain::evasionText(set, e));
        return lines.join(u'\n');
    }
    return column == kClass ? fromUtf8(set.classes[ruleAt(row).classIndex].name) : QString();
}

QVariant RuleTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const int row = index.row(), column = index.column();
    switch (role) {
        case Qt::DisplayRole: return display(row, column);
        case kRawRole:
            if (isSign(column)) return int(termAt(row, column));
            if (column == flowsColumn() && std::size_t(row) < judgement_->classes.ruleMatches.size())
                return qulonglong(judgement_->classes.ruleMatches[std::size_t(row)]);
            return column == kClass ? QVariant(help(row, column)) : display(row, column);
        case Qt::AccessibleTextRole: return isSign(column) ? help(row, column) : QVariant();
        case Qt::ToolTipRole: return help(row, column);
        case kClassesRole: return column == kClass ? QVariant(QStringList{help(row, column)}) : QVariant();
        case Qt::TextAlignmentRole:
            return int((column == flowsColumn() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case kToneRole:
            return int(column == evasionColumn() && evasions(row).empty() ? Tone::dim
                       : column >= flowsColumn()                          ? Tone::secondary
                                                                          : Tone::normal);
        default: return {};
    }
}

QVariant RuleTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || !judgement_) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == flowsColumn() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && isSign(section)) {
        const auto bit = std::size_t(section - kFirstSign);
        if (bit < signs::oneWay().size()) return fromUtf8(signs::oneWay().defs[bit].help);
        const auto at = std::ranges::find(judgement_->parsed.set.userSigns, unsigned(bit), &rules::UserSign::bit);
        return at == judgement_->parsed.set.userSigns.end() ? QVariant() : QVariant(fromUtf8(at->filter));
    }
    if (role == Qt::ToolTipRole && section == evasionColumn())
        return tr("The cheapest sign that a sender can change to evade the rule");
    if (role != Qt::DisplayRole) return {};
    if (isSign(section)) return fromUtf8(judgement_->parsed.set.signNames[std::size_t(section - kFirstSign)]);
    if (section == kRule) return tr("Rule");
    if (section == kClass) return tr("Class");
    return section == flowsColumn() ? tr("Flows") : tr("Cheapest evasion");
}

}  // namespace weir::ui
