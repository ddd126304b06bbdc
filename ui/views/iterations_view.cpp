// See iterations_view.h.
#include "ui/views/iterations_view.h"
#include "core/refine/blame.h"

#include "ui/delegates/cell_paint.h"
#include "ui/delegates/diff_delegate.h"
#include "ui/delegates/table_look.h"
#include "ui/models/iteration_diff_model.h"
#include "ui/models/iteration_model.h"
#include "ui/state/iteration_history.h"
#include "ui/state/rule_figures.h"
#include "ui/state/workbench.h"
#include "ui/text/format.h"
#include "ui/text/table_copy.h"
#include "ui/views/iterations_chart.h"

#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace weir::ui {
namespace {

QToolButton* namedButton(const QString& text, const QString& help, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(help);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->hide();
    return button;
}

}  // namespace

IterationsView::IterationsView(Workbench& workbench, QWidget* parent)
    : View(workbench, parent), history_(workbench.iterations()), model_(new IterationModel(this)),
      diff_(new IterationDiffModel(this)), chart_(new IterationsChart), table_(new QTableView), diffPane_(new QWidget),
      diffTitle_(new QLabel), diffList_(new QListView),
      compare_(namedButton(
          tr("Compare"), tr("Show the lines that differ between two selected iterations, or one and the draft"), this)),
      branch_(namedButton(tr("Branch"), tr("Continue from this iteration; the next save becomes its branch"), this)),
      restore_(namedButton(
          tr("Restore"), tr("Load this iteration's text into the draft; the next save continues the current iteration"),
          this)) {
    build();
    connect(compare_, &QToolButton::toggled, this, &IterationsView::showDiff);
    connect(branch_, &QToolButton::clicked, this, [this] { history_.branch(chosen()); });
    connect(restore_, &QToolButton::clicked, this, [this] { history_.restore(chosen()); });
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& at) {
        if (at.row() > 0) history_.restore(model_->idAt(at.row()));
    });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        refreshButtons();
        refreshDiff();
    });
    connect(chart_, &IterationsChart::picked, this,
            [this](std::int64_t id) { table_->selectRow(std::max(0, model_->rowOf(id))); });
    connect(&history_, &IterationHistory::changed, this, &IterationsView::refreshHistory);
    connect(&workbench.figures(), &RuleFigures::changed, this, &IterationsView::refreshDraft);
    chartSoon_.setSingleShot(true);
    chartSoon_.setInterval(80);
    connect(&chartSoon_, &QTimer::timeout, this, &IterationsView::refreshChart);
    refreshHistory();
}

void IterationsView::build() {
    setUpTable(*table_);
    table_->setModel(model_);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(IterationModel::kEdit, QHeaderView::Stretch);
    table_->setAccessibleName(tr("Saved iterations"));
    makeCopyable(table_, [this](QMenu& menu, const QModelIndex& at) {
        if (at.row() <= 0) return;
        const auto id = model_->idAt(at.row());
        menu.addAction(tr("Restore"), this, [this, id] { history_.restore(id); });
        menu.addAction(tr("Branch"), this, [this, id] { history_.branch(id); });
    });
    diffList_->setModel(diff_);
    diffList_->setItemDelegate(new DiffDelegate(diffList_));
    diffList_->setFrameShape(QFrame::NoFrame);
    diffList_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    diffList_->setUniformItemSizes(true);
    diffList_->setAccessibleName(tr("Lines that differ"));
    makeCopyable(diffList_);
    diffTitle_->setContentsMargins(8, 3, 8, 3);
    diffTitle_->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(diffPane_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(diffTitle_);
    column->addWidget(diffList_, 1);
    diffPane_->hide();

    auto* split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(chart_);
    split->addWidget(table_);
    split->addWidget(diffPane_);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setStretchFactor(2, 1);
    split->setSizes({140, 110, 120});
    split->setAutoFillBackground(true);
    split->setBackgroundRole(QPalette::Base);
    setContent(split);
    setFocusProxy(table_);
    compare_->setCheckable(true);
}

QList<QWidget*> IterationsView::titleControls() {
    for (auto* button : {compare_, branch_, restore_}) button->show();
    return {compare_, branch_, restore_};
}

std::int64_t IterationsView::chosen() const {
    const auto rows = table_->selectionModel()->selectedRows();
    return rows.isEmpty() ? 0 : model_->idAt(rows.front().row());
}

QString IterationsView::textOf(std::int64_t id) const {
    if (id == 0) return workbench().rules().text();
    const auto* iteration = history_.find(id);
    return iteration ? fromUtf8(iteration->text) : QString();
}

void IterationsView::refreshHistory() {
    const auto keep = chosen();
    model_->setIterations(history_.all(), history_.base().id);
    if (const int row = model_->rowOf(keep); keep != 0 && row > 0) table_->selectRow(row);
    refreshDraft();
    refreshChart();
    refreshButtons();
}

void IterationsView::refreshDraft() {
    const auto& draft = workbench().rules();
    QString edit;
    if (draft.stale()) {
        edit = tr("has an error");
    } else if (draft.text() != history_.base().text) {
        edit = fromUtf8(refine::describeEdit(toUtf8(history_.base().text), toUtf8(draft.text())));
        if (edit.isEmpty()) edit = tr("only comments or spaces");
    } else {
        edit = tr("same as %1").arg(history_.base().name);
    }
    model_->setDraft(draft.judgement(), edit);
    setScope((history_.all().empty() ? tr("none saved yet") : tr("%1 saved").arg(history_.all().size())) +
             (workbench().figures().part() ? tr(" · all flows") : QString()) + stopText());
    chartSoon_.start();  // a chart lays itself out: too much for every key
    refreshDiff();
}

/// The stop criterion of the draft against what it was edited from.
QString IterationsView::stopText() const {
    const auto& j = workbench().rules().judgement();
    const auto* base = history_.find(history_.base().id);
    if (!j || !base || workbench().rules().stale()) return {};
    refine::Iteration now;
    now.oneWay = j->classes.oneWay.flows;
    now.conflicting = j->classes.conflicting;
    now.unclassified = j->classes.unclassified;
    const refine::StopVerdict stop = refine::stopCriterion(now, *base);
    return stop.reached
               ? tr(" · time to stop: no conflicts, %1 % gained").arg(percent(stop.share, 2))
               : tr(" · continue: %1 in conflict, %2 % gained").arg(count(stop.conflicting), percent(stop.share, 2));
}

void IterationsView::refreshChart() {
    std::vector<IterationPoint> points;
    for (const auto& it : history_.all())
        points.push_back(
            {QString(u'#' + QString::number(it.id)), fromUtf8(it.tag), it.id, it.conflicting, it.unclassified});
    if (const auto& j = workbench().rules().judgement())
        points.push_back({tr("draft"), {}, 0, j->classes.conflicting, j->classes.unclassified});
    chart_->setPoints(std::move(points), workbench().figures().part() != nullptr);
}

void IterationsView::refreshButtons() {
    const auto rows = table_->selectionModel()->selectedRows();
    const bool one = rows.size() == 1 && rows.front().row() > 0;
    branch_->setEnabled(one);
    restore_->setEnabled(one);
}

void IterationsView::refreshDiff() {
    if (diffPane_->isHidden()) return;
    const auto rows = table_->selectionModel()->selectedRows();
    std::int64_t before = history_.base().id, after = 0;
    if (rows.size() == 1) before = model_->idAt(rows.front().row());
    if (rows.size() >= 2) {
        const auto [oldest, newest] = std::minmax_element(
            rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.row() > b.row(); });
        before = model_->idAt(oldest->row());
        after = model_->idAt(newest->row());
    }
    const auto name = [this](std::int64_t id) { return id == 0 ? tr("draft") : QString(u'#' + QString::number(id)); };
    const bool fromBase = before == 0 && history_.base().id == 0;
    diff_->setTexts(fromBase ? history_.base().text : textOf(before), textOf(after));
    diffTitle_->setText(tr("%1 → %2 · lines removed: %3, added: %4")
                            .arg(fromBase ? history_.base().name : name(before), name(after))
                            .arg(diff_->removed())
                            .arg(diff_->added()));
}

void IterationsView::showDiff(bool show) {
    compare_->setChecked(show);
    diffPane_->setVisible(show);
    chart_->setVisible(!show);
    refreshDiff();
}

QJsonObject IterationsView::state() const { return {{QStringLiteral("compare"), compare_->isChecked()}}; }
void IterationsView::restore(const QJsonObject& state) { showDiff(state.value(QStringLiteral("compare")).toBool()); }

View* makeIterationsView(Workbench& workbench, QWidget* parent) { return new IterationsView(workbench, parent); }

}  // namespace weir::ui
