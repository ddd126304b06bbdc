// See combination_view.h.
#include "ui/views/combination_view.h"

#include "core/session/evidence/prepare.h"
#include "core/signs/sign_family.h"
#include "ui/actions.h"
#include "ui/delegates/bar_delegate.h"
#include "ui/delegates/class_chip_delegate.h"
#include "ui/delegates/dot_delegate.h"
#include "ui/delegates/rotated_header.h"
#include "ui/delegates/table_look.h"
#include "ui/editors/cut_off_box.h"
#include "ui/models/combination_filter.h"
#include "ui/models/combination_model.h"
#include "ui/rule_jumps.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/views/combination_sign_chips.h"

#include <QMenu>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>

#include <algorithm>

namespace weir::ui {

CombinationView::CombinationView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), model_(new CombinationModel(this)), table_(new QTableView), header_(new RotatedHeader),
      chips_(new CombinationSignChips(this)), cutOffBox_(new CutOffBox(this)) {
    chips_->hide();
    cutOffBox_->hide();
    build();
    connect(header_, &RotatedHeader::wishChanged, this, &CombinationView::applyQuery);
    connect(&cutOffBox_->box(), &QSpinBox::valueChanged, this, &CombinationView::applyQuery);
    connect(chips_, &CombinationSignChips::lifted, this, [this](int sign) {
        if (sign < 0)
            header_->clearWishes();
        else
            header_->setWish(CombinationModel::kFirstSign + sign, SignWish::any);
    });
    connect(model_, &CombinationModel::scopeChanged, this, &CombinationView::refreshScope);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CombinationView::onCurrent);
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) { showFlows(at.row()); });
    connect(&workbench.pick(), &Pick::combinationPicked, this, &CombinationView::onPicked);
    connect(&workbench.figures(), &RuleFigures::changed, this, &CombinationView::refresh);
    connect(&workbench, &Workbench::snapshotChanged, this, &CombinationView::refresh);
    refresh();
}

void CombinationView::build() {
    setUpTable(*table_);
    table_->setHorizontalHeader(header_);
    header_->setAccessibleName(tr("Columns; click a sign to filter"));
    table_->setModel(model_);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setAccessibleName(tr("Sign combinations"));
    auto* dots = new DotDelegate(table_);
    dots->setRuleBefore(CombinationModel::kFirstSign + int(signs::oneWay().bitOf("TCP")));
    header_->setDefaultAlignment(Qt::AlignLeft | Qt::AlignBottom);
    dots_ = dots;
    bar_ = new BarDelegate(table_);
    table_->setItemDelegateForColumn(CombinationModel::kClass, new ClassChipDelegate(table_));
    header_->setSectionResizeMode(QHeaderView::Interactive);
    layOutColumns();
    header_->setStretchLastSection(true);
    table_->setSortingEnabled(true);
    header_->setSortIndicator(model_->flowsColumn(), Qt::DescendingOrder);
    makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
        if (!at.isValid()) return;
        menu.addAction(tr("Show flows"), this, [this, row = at.row()] { showFlows(row); });
        menu.addAction(tr("Show flows without the current filter"), this, [this, row = at.row()] {
            workbench().filter().set(filterOfWord(model_->wordAt(row), model_->judgement()->parsed.set));
        });
        menu.addAction(tr("Show flows of all listed combinations"), this, [this] {
            workbench().filter().set(
                filterOfSigns(model_->query().require, model_->query().forbid, model_->judgement()->parsed.set),
                FilterMode::andAlso);
        });
        addRuleJumps(menu, workbench(),
                     rules::matchingRules(model_->judgement()->parsed.set, model_->wordAt(at.row())));
    });
    setContent(table_);
}

/// Lays out the columns; called again when the user signs change, because the columns after the signs then move.
void CombinationView::layOutColumns() {
    signNames_.assign(session::signNamesFor(model_->judgement().get()).begin(),
                      session::signNamesFor(model_->judgement().get()).end());
    const auto digits = [this](const QString& text) { return table_->fontMetrics().horizontalAdvance(text) + 16; };
    header_->setUpright(CombinationModel::kFirstSign, model_->signCount(),
                        CombinationModel::kFirstSign + int(signs::oneWay().bitOf("TCP")));
    header_->resizeSection(CombinationModel::kClass, digits(QStringLiteral("Malicious Scanning")) + 12);
    for (int column = CombinationModel::kFirstSign; column < model_->columnCount(); ++column) {
        const bool sign = column < model_->flowsColumn();
        table_->setItemDelegateForColumn(column, sign ? static_cast<QAbstractItemDelegate*>(dots_)
                                                 : column == model_->shareColumn() ? bar_
                                                                                   : nullptr);
        header_->setSectionResizeMode(column, sign ? QHeaderView::Fixed : QHeaderView::Interactive);
        if (sign) header_->resizeSection(column, 18);
    }
    header_->resizeSection(model_->flowsColumn(), digits(QStringLiteral("0,000,000")));
    header_->resizeSection(model_->shareColumn(), 64);
    header_->resizeSection(model_->percentColumn(), digits(QStringLiteral("100.0")));
    header_->resizeSection(model_->cumulativeColumn(), digits(QStringLiteral("Cum. %")));
    header_->setStretchLastSection(true);
}

QList<QWidget*> CombinationView::titleControls() {
    cutOffBox_->show();
    return {chips_, cutOffBox_};
}

QSpinBox& CombinationView::cutOff() const { return cutOffBox_->box(); }

void CombinationView::refresh() {
    const auto& judgement = workbench().figures().judgement();
    if (judgement && judgement != model_->judgement()) {
        following_ = true;
        const int scroll = table_->verticalScrollBar()->value();
        model_->setSampling(workbench().snapshot() ? session::samplingInterval(*workbench().snapshot()) : 0);
        const int before = model_->signCount(), sorted = header_->sortIndicatorSection();
        model_->setJudgement(judgement);
        const auto names = session::signNamesFor(judgement.get());
        if (!std::ranges::equal(names, signNames_)) {
            for (int column = CombinationModel::kFirstSign + int(signs::oneWay().size());
                 column < CombinationModel::kFirstSign + std::max(before, model_->signCount()); ++column)
                header_->setWish(column, SignWish::any);  // the bit may be another sign now
            layOutColumns();
            const bool behind = sorted >= CombinationModel::kFirstSign + before;
            if (behind) header_->setSortIndicator(sorted + model_->signCount() - before, header_->sortIndicatorOrder());
        }
        table_->verticalScrollBar()->setValue(scroll);
        following_ = false;
        onPicked();
    }
    const auto& snapshot = workbench().snapshot();
    if (!snapshot || snapshot->sources.empty())
        showState(tr("No captures yet"), tr("Open a capture to see its one-way flows grouped by their signs."),
                  workbench().actions().get("file.openCapture"));
    else if (!snapshot->tally())
        showState(tr("Signs are not computed yet"), tr("Set the local networks to compute them."));
    else if (workbench().figures().part() && model_->judgement() && model_->judgement()->tally.empty())
        showState(tr("No classified flow in this selection"), workbench().figures().scope(),
                  workbench().actions().get("go.clear"));
    else if (model_->judgement() && model_->judgement()->tally.empty())
        showState(tr("No inbound one-way flows"), tr("Check the local networks: they decide what is inbound."),
                  workbench().actions().get("edit.localNetworks"));
    else
        showContent();
}

void CombinationView::applyQuery() {
    CombinationQuery query;
    quint64 tinted = 0;
    for (int i = 0; i < model_->signCount(); ++i) {
        const int column = CombinationModel::kFirstSign + i;
        const auto wish = header_->wish(column);
        if (wish == SignWish::require) query.require |= rules::Word{1} << i;
        if (wish == SignWish::forbid) query.forbid |= rules::Word{1} << i;
        if (wish != SignWish::any && column < 64) tinted |= quint64{1} << column;
    }
    query.cutOff = std::uint64_t(cutOffBox_->box().value());
    dots_->setTinted(tinted);
    chips_->set(query.require, query.forbid, session::signNamesFor(model_->judgement().get()));
    following_ = true;
    model_->setQuery(query);
    following_ = false;
    onPicked();
    table_->viewport()->update();
}

void CombinationView::refreshScope() {
    const auto scope = model_->scope();
    if (scope.all == 0) {
        setScope({});
        return;
    }
    QString text = tr("%1 of %2 · %3 flow(s) = 100 %", nullptr, pluralOf(scope.passingFlows))
                       .arg(count(scope.shown), count(scope.all), count(scope.passingFlows));
    if (scope.shown < scope.passing)
        text += tr(" · %1 rarer hidden: %2 flow(s)", nullptr, pluralOf(scope.passingFlows - scope.shownFlows))
                    .arg(count(scope.passing - scope.shown), count(scope.passingFlows - scope.shownFlows));
    setScope(text);
}

void CombinationView::onCurrent() {
    if (following_) return;
    if (const auto word = model_->wordAt(table_->currentIndex().row())) workbench().pick().setCombination(word);
}

void CombinationView::onPicked() {
    const auto& word = workbench().pick().combination();
    const int row = word ? model_->rowOf(*word) : -1;
    following_ = true;
    if (row < 0)
        table_->selectionModel()->clear();
    else if (table_->currentIndex().row() != row || !table_->selectionModel()->isRowSelected(row, {}))
        table_->selectRow(row);
    following_ = false;
}

void CombinationView::showFlows(int row) {
    if (const auto word = model_->wordAt(row))
        workbench().filter().set(filterOfWord(word, model_->judgement()->parsed.set), FilterMode::andAlso);
}

QJsonObject CombinationView::state() const {
    return {{QStringLiteral("require"), QString::number(model_->query().require, 16)},
            {QStringLiteral("forbid"), QString::number(model_->query().forbid, 16)},
            {QStringLiteral("cutOff"), cutOffBox_->box().value()},
            {QStringLiteral("sort"), header_->sortIndicatorSection()},
            {QStringLiteral("descending"), header_->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void CombinationView::restore(const QJsonObject& state) {
    const rules::Word require = state.value(QStringLiteral("require")).toString().toULongLong(nullptr, 16);
    const rules::Word forbid = state.value(QStringLiteral("forbid")).toString().toULongLong(nullptr, 16);
    for (int i = 0; i < model_->signCount(); ++i)
        header_->setWish(CombinationModel::kFirstSign + i, require >> i & 1  ? SignWish::require
                                                           : forbid >> i & 1 ? SignWish::forbid
                                                                             : SignWish::any);
    cutOffBox_->box().setValue(state.value(QStringLiteral("cutOff")).toInt());
    const bool descending = state.value(QStringLiteral("descending")).toBool(true);
    header_->setSortIndicator(state.value(QStringLiteral("sort")).toInt(model_->flowsColumn()),
                              descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

View* makeCombinationView(Workbench& workbench, QWidget* parent) { return new CombinationView(workbench, parent); }

}  // namespace weir::ui
